package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Progress;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.Store;
import dev.tidemark.store.StoreReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What {@code run} and {@code backfill} share: ask the engine, watch it, and report. */
final class RunFlow {
    private static final Duration TICK = Duration.ofMillis(50);

    private final StorePlace place;
    private final Workplace workplace;
    private final PrintWriter out;
    private final PrintStream err;
    private final boolean json;

    /**
     * @param out takes the result
     * @param err takes progress
     */
    RunFlow(StorePlace place, Workplace workplace, PrintWriter out, PrintStream err, boolean json) {
        this.place = place;
        this.workplace = workplace;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /**
     * Runs what is asked for to its end: has it run by the server of the store where one is up,
     * else runs it in this process. Where this process stops, the same command goes on.
     */
    ExitCode run(PipelineCode code, RunRequest request) {
        PipelineDefinition definition = code.pipeline().definition();
        return again(
                Optional.of(code),
                new Command.Request(definition.name(), request),
                engine -> engine.request(definition, request));
    }

    /**
     * The same for something that was run before.
     *
     * @param code the pipeline's, where it was given: this process needs it, a server has it
     * @param command what a server is asked for
     * @param here what an engine of this process is asked for
     */
    ExitCode again(
            Optional<PipelineCode> code, Command command, Function<Engine, Engine.Ticket> here) {
        if (place.mayBeLive()) {
            try (StoreReader reader = place.read()) {
                if (place.server(reader).isPresent()) {
                    return runByServer(code, command);
                }
                reader.owner()
                        .filter(owner -> place.isLive(reader) && !place.isGone(owner))
                        .ifPresent(owner -> err.println("waiting for " + owner.name() + " …"));
            }
        }
        return runHere(code.orElseThrow(RunFlow::noCode), here);
    }

    private static TidemarkException noCode() {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "no server is up that would do it, and this process needs the pipeline's code:"
                        + " name its file, folder or jar after the number");
    }

    private ExitCode runByServer(Optional<PipelineCode> code, Command command) {
        try (Store store = place.open()) {
            PostedRequest posted = new PostedRequest(store, workplace.clock(), err);
            long backfill = posted.answer(command);
            if (backfill == 0) {
                out.println("The run is under way, and goes on with what was cleared.");
                out.flush();
                return ExitCode.DONE;
            }
            BackfillView end = end(posted, backfill);
            return report(
                    code.map(it -> it.pipeline().definition())
                            .or(() -> definition(end.plan(), store)),
                    end,
                    store);
        }
    }

    private BackfillView end(PostedRequest posted, long backfill) {
        try (Progress progress = progress()) {
            return posted.end(backfill, progress);
        }
    }

    /** The pipeline of a plan, as one of its runs has it; empty where there is none. */
    static Optional<PipelineDefinition> definition(BackfillPlan plan, StoreReader store) {
        return store.runs(RunFilter.ALL.pipeline(plan.pipeline()).limit(1)).stream()
                .findFirst()
                .flatMap(run -> store.definition(run.pipeline(), run.version()));
    }

    /** Programs read what comes with JSON, and nobody reads the rest. */
    private Progress progress() {
        return new Progress(
                json ? new PrintStream(OutputStream.nullOutputStream()) : err,
                Terminal.ofStandardError());
    }

    private ExitCode runHere(PipelineCode code, Function<Engine, Engine.Ticket> here) {
        PipelineDefinition definition = code.pipeline().definition();
        LiveRuns live = new LiveRuns();
        live.expect(definition);
        try (Session session = Session.open(place, workplace, live)) {
            Thread atStop = new Thread(session::close, "stop");
            Runtime.getRuntime().addShutdownHook(atStop);
            session.engine().load(code);
            Engine.Ticket ticket = here.apply(session.engine());
            await(ticket, live);
            BackfillView end = session.store().backfill(ticket.backfill()).orElseThrow();
            ExitCode exit = report(Optional.of(definition), end, session.store());
            Runtime.getRuntime().removeShutdownHook(atStop);
            return exit;
        }
    }

    private ExitCode report(
            Optional<PipelineDefinition> definition, BackfillView end, StoreReader store) {
        EndReport report = EndReport.of(end, store);
        if (json) {
            out.println(RunReport.of(end.plan(), store).json(store));
        } else {
            Optional<Timetable> timetable =
                    definition.map(PipelineDefinition::timing).map(Timetable::of);
            Terminal terminal = Terminal.ofStandardOutput();
            out.print(new ReportText(report, store, timetable, workplace.home(), terminal).text());
        }
        out.flush();
        return report.allSucceeded() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private BackfillState await(Engine.Ticket ticket, LiveRuns live) {
        Progress progress = progress();
        try (progress) {
            while (true) {
                live.show(progress, now());
                try {
                    BackfillState end = ticket.ended().get(TICK.toMillis(), TimeUnit.MILLISECONDS);
                    live.show(progress, now());
                    return end;
                } catch (TimeoutException e) {
                    // Not yet.
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TidemarkException known) {
                throw known;
            }
            throw new IllegalStateException("the engine stopped", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Instant now() {
        return workplace.clock().instant();
    }
}
