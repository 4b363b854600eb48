package dev.tidemark.simulation;

import dev.tidemark.ErrorClass;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes up how attempts end. */
final class RandomOutcome {
    private static final int MOST_ELEMENTS = 4;
    private static final int KINDS = 20;
    private static final Outcome WORKER_DIED = new Outcome.Lost("the worker died", true);

    private RandomOutcome() {}

    /** The kind that half of all ends are; mostly success. */
    static int mood(Dice dice) {
        return dice.chance(0.7) ? KINDS : dice.below(KINDS);
    }

    /** How an attempt ends; the text of its result names its token. */
    static Outcome of(Dice dice, int mood, long token) {
        return switch (dice.coin() ? mood : dice.below(KINDS)) {
            case 0 -> new Outcome.Skipped("nothing to do");
            case 1, 2 -> failed(ErrorClass.TRANSIENT, Optional.empty());
            case 3 -> failed(ErrorClass.RATE_LIMITED, Optional.of(dice.millis(0, 15_000)));
            case 4 -> failed(ErrorClass.UNKNOWN, Optional.empty());
            case 5 -> failed(ErrorClass.PERMANENT, Optional.empty());
            case 6 -> dice.coin() ? failed(ErrorClass.REJECTED, Optional.empty()) : WORKER_DIED;
            case 7 -> new Outcome.Lost("out of memory", dice.chance(0.8));
            default -> succeeded(dice, token);
        };
    }

    private static Outcome failed(ErrorClass errorClass, Optional<Duration> pause) {
        return new Outcome.Failed(errorClass, "no", pause);
    }

    /** A list, which some task may be mapped over; its text tells which attempt made it. */
    private static Outcome succeeded(Dice dice, long token) {
        int elements = dice.chance(0.05) ? TaskResult.NO_LIST : dice.below(MOST_ELEMENTS + 1);
        return new Outcome.Succeeded(
                new TaskResult("[" + token + "x" + elements + "]", elements), List.of());
    }
}
