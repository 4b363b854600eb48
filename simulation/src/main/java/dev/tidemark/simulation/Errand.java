package dev.tidemark.simulation;

import dev.tidemark.core.Command;
import dev.tidemark.engine.Engine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a command has an engine of its own do, which ends with it. */
final class Errand {
    private final World world;
    private final Command command;
    private @Nullable CompletableFuture<Long> answer;
    private Engine.@Nullable Ticket ticket;

    Errand(World world, Command command) {
        this.world = world;
        this.command = command;
    }

    void begin(EngineProcess process) {
        world.log(process + " is there for " + command);
        answer = world.invariant(AcknowledgedIsDurable.class).asked(process, command);
    }

    CompletableFuture<Long> ask(EngineProcess process) {
        return switch (command) {
            case Command.Request(String pipeline, var request) ->
                    process.member
                            .request(process.definition(pipeline), request)
                            .thenApply(this::accepted);
            case Command.Clear _,
                    Command.Cancel _,
                    Command.Mark _,
                    Command.Steer _,
                    Command.Verify _,
                    Command.SetPool _,
                    Command.SetWatermark _,
                    Command.RemovePool _,
                    Command.PausePipeline _,
                    Command.ResumePipeline _ ->
                    process.member.ask(command);
            case Command.RerunRun it -> process.member.rerun(it).thenApply(this::accepted);
            case Command.RerunBackfill it -> process.member.rerun(it).thenApply(this::accepted);
        };
    }

    private long accepted(Engine.Ticket accepted) {
        ticket = accepted;
        return accepted.backfill();
    }

    /** Whether it was refused, or all of it has ended. */
    boolean isOver() {
        CompletableFuture<Long> asked = answer;
        Engine.Ticket accepted = ticket;
        return asked != null
                && asked.isDone()
                && (asked.isCompletedExceptionally()
                        || accepted == null
                        || accepted.ended().isDone());
    }

    /** Says what it was told of its end, if it was told. */
    void end() {
        Optional.ofNullable(ticket)
                .filter(it -> it.ended().isDone() && !it.ended().isCompletedExceptionally())
                .ifPresent(
                        it ->
                                world.invariant(AcknowledgedIsDurable.class)
                                        .ended(it.backfill(), it.ended().join()));
    }

    /** Somebody whose command died may give it again. */
    void perhapsAgain() {
        if (!isOver() && world.dice.chance(0.6)) {
            world.agenda.after(world.dice.millis(10, 15_000), () -> world.run(command));
        }
    }
}
