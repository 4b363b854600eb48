package dev.tidemark.cli.inspect;

import dev.tidemark.Effects;

/**
 * What a look at a task's code found.
 *
 * @param effects fenced, or unknown for a reason
 * @param visibleToVerify whether all that it may do outside happens in the home's data folder,
 *     where {@code tidemark verify} looks; true of a fenced task
 */
public record Finding(Effects effects, boolean visibleToVerify) {
    private static final Finding FENCED =
            new Finding(
                    new Effects(Effects.Kind.FENCED, "all it writes goes through TaskContext.into"),
                    true);

    /** Of what a walk through its code came upon. */
    static Finding of(Doubts doubts) {
        return doubts.worst()
                .map(
                        worst ->
                                new Finding(
                                        new Effects(Effects.Kind.UNKNOWN, worst.reason()),
                                        doubts.areVisible()))
                .orElse(FENCED);
    }
}
