package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.ScheduleState;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** What can be asked of an engine, by a caller in its process or by a posted command. */
final class Questions {
    private Questions() {}

    /** The code of a pipeline is at hand: new runs and tries take it from now on. */
    static Question<Boolean> load(String version, PipelineDefinition definition) {
        return (state, store, now) -> {
            List<Event> unknown = new ArrayList<>();
            new Loading(state, store)
                    .code(List.of(new Event.PipelineLoaded(version, definition)), unknown::add);
            return new Question.Reply<>(unknown, true);
        };
    }

    /**
     * The same, and the pipeline's schedule is kept from now on.
     *
     * @param alive the tokens of attempts that are known to run still
     */
    static Question<Boolean> schedule(
            Question<Boolean> load, String pipeline, Supplier<Set<Long>> alive) {
        return (state, store, now) -> {
            List<Event> events = new ArrayList<>(load.ask(state, store, now).events());
            events.add(
                    state.schedule(pipeline).filter(ScheduleState::isInForce).isPresent()
                            ? new Event.SchedulePerhapsNext(pipeline)
                            : new Event.ScheduleTakenUp(pipeline, alive.get()));
            return new Question.Reply<>(events, true);
        };
    }

    /** The code of a pipeline is not at hand any more. */
    static Question<Boolean> unload(String pipeline) {
        return (state, store, now) -> {
            state.unload(pipeline);
            return new Question.Reply<>(List.of(), true);
        };
    }

    /** Start nothing of a pipeline by itself for now. */
    static Question<Boolean> pause(String pipeline, String reason) {
        return ofKnown(pipeline, new Event.PauseRequested(pipeline, reason));
    }

    /** Have a paused pipeline go on. */
    static Question<Boolean> resume(String pipeline) {
        return ofKnown(pipeline, new Event.ResumeRequested(pipeline));
    }

    private static Question<Boolean> ofKnown(String pipeline, Event event) {
        return new Question<>() {
            @Override
            public Reply<Boolean> ask(State state, StoreReader store, Instant now) {
                boolean known =
                        state.loadedDefinition(pipeline).isPresent()
                                || store.latestVersion(pipeline).isPresent();
                if (!known) {
                    throw new TidemarkException(
                            ErrorCode.INVALID_REQUEST,
                            "there is no pipeline '"
                                    + pipeline
                                    + "' here: it was never run, and no server has it");
                }
                return new Reply<>(List.of(event), true);
            }

            @Override
            public boolean looksAtStore() {
                return true;
            }
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

    static Question<Boolean> clear(Command.Clear it) {
        return (state, store, now) ->
                new Question.Reply<>(
                        List.of(
                                new Event.ClearRequested(
                                        it.run(), it.tasks(), it.acceptUnknownEffects())),
                        true);
    }

    /** Keep that tasks of a version were verified. */
    static Question<Boolean> verify(Command.Verify it) {
        return new Question<>() {
            @Override
            public Reply<Boolean> ask(State state, StoreReader store, Instant now) {
                if (store.definition(it.pipeline(), it.version()).isEmpty()) {
                    throw new TidemarkException(
                            ErrorCode.INVALID_REQUEST,
                            "nothing is known of version "
                                    + it.version()
                                    + " of pipeline "
                                    + it.pipeline()
                                    + " here; run it first");
                }
                return new Reply<>(
                        List.of(new Event.TasksShown(it.pipeline(), it.version(), it.tasks())),
                        true);
            }

            @Override
            public boolean looksAtStore() {
                return true;
            }
        };
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

    static Question<Boolean> setPool(PoolLimit limit) {
        return (state, store, now) ->
                new Question.Reply<>(List.of(new Event.PoolSetRequested(limit)), true);
    }

    static Question<Boolean> removePool(String pool) {
        return (state, store, now) ->
                new Question.Reply<>(List.of(new Event.PoolRemovalRequested(pool)), true);
    }

    /** Put a watermark somewhere. */
    static Question<Boolean> setWatermark(Command.SetWatermark it) {
        return new Question<>() {
            @Override
            public Reply<Boolean> ask(State state, StoreReader store, Instant now) {
                refuseUnknown(store, it.watermark());
                if (it.to().isAfter(now)) {
                    throw new TidemarkException(
                            ErrorCode.INVALID_REQUEST,
                            "%s lies ahead of now, %s; a watermark says what is proven already"
                                    .formatted(it.to(), now));
                }
                return new Reply<>(
                        List.of(
                                new Event.WatermarkSetRequested(
                                        it.watermark(), it.to(), it.reason())),
                        true);
            }

            @Override
            public boolean looksAtStore() {
                return true;
            }
        };
    }

    /** A pipeline has those that its latest version advances, and those that moved before. */
    private static void refuseUnknown(StoreReader store, WatermarkKey key) {
        Set<String> known = new TreeSet<>();
        store.watermarks(List.of(key.pipeline())).forEach(it -> known.add(it.key().watermark()));
        store.latestVersion(key.pipeline())
                .flatMap(version -> store.definition(key.pipeline(), version))
                .ifPresent(
                        definition ->
                                definition
                                        .tasks()
                                        .forEach(
                                                task ->
                                                        task.assets()
                                                                .advances()
                                                                .ifPresent(known::add)));
        if (!known.contains(key.watermark())) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "nothing is known here of the watermark %s; known are: %s"
                            .formatted(key, known.isEmpty() ? "none" : String.join(", ", known)));
        }
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
            case Command.Clear it -> clear(it).map(_ -> 0L);
            case Command.Verify it -> verify(it).map(_ -> 0L);
            case Command.PausePipeline(String pipeline, String reason) ->
                    pause(pipeline, reason).map(_ -> 0L);
            case Command.ResumePipeline(String pipeline) -> resume(pipeline).map(_ -> 0L);
            case Command.SetPool(PoolLimit limit) -> setPool(limit).map(_ -> 0L);
            case Command.SetWatermark it -> setWatermark(it).map(_ -> 0L);
            case Command.RemovePool(String pool) -> removePool(pool).map(_ -> 0L);
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
