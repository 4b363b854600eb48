package dev.tidemark.cli;

import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Progress;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Workplace;
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

    private final Workplace workplace;
    private final PrintWriter out;
    private final PrintStream err;
    private final boolean json;

    /**
     * @param out takes the result
     * @param err takes progress
     */
    RunFlow(Workplace workplace, PrintWriter out, PrintStream err, boolean json) {
        this.workplace = workplace;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /** Runs what is asked for to its end. A stopped process goes on with the same command. */
    ExitCode run(PipelineCode code, RunRequest request) {
        LiveRuns live = new LiveRuns();
        live.expect(code.pipeline().definition());
        try (Session session = Session.open(workplace, live)) {
            Thread atStop = new Thread(session::close, "stop");
            Runtime.getRuntime().addShutdownHook(atStop);
            session.engine().load(code);
            Engine.Ticket ticket = session.engine().request(code.pipeline().definition(), request);
            BackfillState end = await(ticket, live);
            RunReport report = RunReport.of(ticket.plan(), session.store());
            if (json) {
                out.println(report.json());
            } else {
                Timetable timetable = Timetable.of(code.pipeline().definition().timing());
                Terminal terminal = Terminal.ofStandardOutput();
                out.print(
                        new ReportText(report, timetable, workplace.home(), terminal)
                                .text(ticket.plan(), end));
            }
            out.flush();
            Runtime.getRuntime().removeShutdownHook(atStop);
            return report.allSucceeded(ticket.plan()) ? ExitCode.DONE : ExitCode.FAILED;
        }
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
