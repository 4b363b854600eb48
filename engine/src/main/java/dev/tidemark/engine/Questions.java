package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskKey;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What can be asked of an engine, by a caller in its process or by a posted command. */
final class Questions {
    private Questions() {}

    /** The code of a pipeline is at hand: new runs and tries take it from now on. */
    static Question<Boolean> load(String version, PipelineDefinition definition) {
        return (state, store, now) -> {
            if (store.definition(definition.name(), version).isEmpty()) {
                return new Question.Reply<>(
                        List.of(new Event.PipelineLoaded(version, definition)), true);
            }
            state.recall(version, definition);
            state.load(definition.name(), version);
            return new Question.Reply<>(List.of(), true);
        };
    }

    /** Run intervals of a pipeline. The same request while it is carried out joins it. */
    static Question<Requested> request(PipelineDefinition pipeline, RunRequest request) {
        return new Planned(_ -> pipeline, request);
    }

    /** A request for a pipeline that is found when it is asked. */
    private record Planned(Function<State, PipelineDefinition> pipeline, RunRequest request)
            implements Question<Requested> {
        @Override
        public Reply<Requested> ask(State state, StoreReader store, Instant now) {
            Planning.Planned planned =
                    Planning.plan(
                            pipeline.apply(state),
                            request,
                            store,
                            now,
                            number -> state.backfill(number).isPresent());
            if (planned.joins() > 0) {
                return new Reply<>(List.of(), new Requested(planned.joins(), planned.plan()));
            }
            return new Reply<>(
                    List.of(new Event.BackfillRequested(planned.plan(), planned.replaces())),
                    new Requested(state.nextBackfill(), planned.plan()));
        }

        @Override
        public boolean looksAtStore() {
            return true;
        }
    }

    static Question<Boolean> clear(long run, List<TaskKey> tasks) {
        return (state, store, now) ->
                new Question.Reply<>(List.of(new Event.ClearRequested(run, tasks)), true);
    }

    /** Say how tasks of a run end. */
    static Question<Boolean> mark(Command.Mark it) {
        return (state, store, now) ->
                new Question.Reply<>(
                        List.of(
                                new Event.MarkRequested(
                                        it.run(), it.tasks(), it.to(), it.reason())),
                        true);
    }

    static Question<Boolean> cancel(long run, String reason) {
        return (state, store, now) ->
                new Question.Reply<>(List.of(new Event.CancelRequested(run, reason)), true);
    }

    /** The backfill that carries the command out, 0 where there is nothing to carry out. */
    static Question<Long> command(Command command) {
        return switch (command) {
            case Command.Request(String pipeline, RunRequest request) ->
                    new Planned(
                                    state ->
                                            state.loadedDefinition(pipeline)
                                                    .orElseThrow(() -> unknown(pipeline)),
                                    request)
                            .map(Requested::backfill);
            case Command.Clear(long run, List<TaskKey> tasks) -> clear(run, tasks).map(_ -> 0L);
            case Command.Cancel(long run, String reason) -> cancel(run, reason).map(_ -> 0L);
            case Command.Mark it -> mark(it).map(_ -> 0L);
            case Command.RerunRun it -> new Reruns.OfRun(it).map(Requested::backfill);
            case Command.RerunBackfill it -> new Reruns.OfBackfill(it).map(Requested::backfill);
            case Command.Steer it -> new Steered(it);
        };
    }

    static TidemarkException unknown(String pipeline) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "the active engine does not have pipeline '"
                        + pipeline
                        + "'; add it to the folder that the server runs");
    }
}
