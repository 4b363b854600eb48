package dev.tidemark.cli;

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
import dev.tidemark.store.Store;
import dev.tidemark.store.StoreReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        if (place.mayBeLive()) {
            try (StoreReader reader = place.read()) {
                if (place.server(reader).isPresent()) {
                    return runByServer(code, request);
                }
                reader.owner()
                        .filter(owner -> place.isLive(reader) && !place.isGone(owner))
                        .ifPresent(owner -> err.println("waiting for " + owner.name() + " …"));
            }
        }
        return runHere(code, request);
    }

    private ExitCode runByServer(PipelineCode code, RunRequest request) {
        PipelineDefinition definition = code.pipeline().definition();
        try (Store store = place.open()) {
            PostedRequest posted = new PostedRequest(store, workplace.clock(), err);
            BackfillView end =
                    posted.end(posted.answer(new Command.Request(definition.name(), request)));
            return report(definition, end.plan(), end.state(), store);
        }
    }

    private ExitCode runHere(PipelineCode code, RunRequest request) {
        PipelineDefinition definition = code.pipeline().definition();
        LiveRuns live = new LiveRuns();
        live.expect(definition);
        try (Session session = Session.open(place, workplace, live)) {
            Thread atStop = new Thread(session::close, "stop");
            Runtime.getRuntime().addShutdownHook(atStop);
            session.engine().load(code);
            Engine.Ticket ticket = session.engine().request(definition, request);
            BackfillState end = await(ticket, live);
            ExitCode exit = report(definition, ticket.plan(), end, session.store());
            Runtime.getRuntime().removeShutdownHook(atStop);
            return exit;
        }
    }

    private ExitCode report(
            PipelineDefinition definition,
            BackfillPlan plan,
            BackfillState end,
            StoreReader store) {
        RunReport report = RunReport.of(plan, store);
        if (json) {
            out.println(report.json(store));
        } else {
            Timetable timetable = Timetable.of(definition.timing());
            Terminal terminal = Terminal.ofStandardOutput();
            out.print(
                    new ReportText(report, store, timetable, workplace.home(), terminal)
                            .text(plan, end));
        }
        out.flush();
        return report.allSucceeded(plan) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private BackfillState await(Engine.Ticket ticket, LiveRuns live) {
        Progress progress = new Progress(err, Terminal.ofStandardError());
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
