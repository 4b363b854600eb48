package dev.tidemark.cli;

import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillPlan.WatermarkUse;
import dev.tidemark.core.RunRequest;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.testkit.CrashPoint;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** {@code tidemark run}: what is missing of the intervals asked for. */
final class RunCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "run",
                    this,
                    "Runs a pipeline for a date, a range of dates, or the latest interval due.",
                    "What is done already is reported and left alone; what failed or was"
                            + " interrupted goes on from where it was.");

    private final PipelineOption pipeline = new PipelineOption(syntax);
    private final StateOptions state = new StateOptions(syntax);
    private final WriteOptions writing = new WriteOptions(syntax);

    private final Given<Optional<LocalDate>> date =
            syntax.option(
                    "--date=DATE",
                    LocalDate.class,
                    "The one local date to run for, in the pipeline's zone.");

    private final Given<Optional<LocalDate>> from =
            syntax.option("--from=DATE", LocalDate.class, "The first local date of a range.");

    private final Given<Optional<LocalDate>> to =
            syntax.option(
                    "--to=DATE", LocalDate.class, "The last local date of the range, included.");

    private final Given<Boolean> rerun =
            syntax.flag("--rerun", "Runs intervals again that are done already.");

    private final EffectsOption effects = new EffectsOption(syntax);

    private final Given<Optional<Path>> steps = syntax.hidden("--proof-steps=FILE", Path.class);

    private final Given<Optional<String>> crash =
            syntax.hidden("--proof-crash=POINT", String.class);

    RunCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        Optional<RunRequest.Range> range = range();
        Steps listener = ProofSteps.of(steps.value(), crash.value().map(CrashPoint::parse));
        PipelineCode code = pipeline.load(state.made(), clock);
        RunRequest request =
                new RunRequest(
                        range,
                        pipeline.parameters(),
                        again(),
                        RunRequest.Pace.of(
                                code.pipeline().definition().timing().filling().maxActiveRuns()),
                        "");
        return writing.flow(state, listener, clock).run(code, request);
    }

    /** To go on with what failed is no rerun of history: it has not come about yet. */
    private RunRequest.Again again() {
        return rerun.value()
                ? new RunRequest.Again(
                        Optional.of(Reprocess.ALL), effects.accepted(), WatermarkUse.ADVANCE)
                : new RunRequest.Again(Optional.of(Reprocess.FAILED), true, WatermarkUse.ADVANCE);
    }

    private Optional<RunRequest.Range> range() {
        boolean isFrom = from.value().isPresent();
        boolean isTo = to.value().isPresent();
        if (date.value().isPresent() && (isFrom || isTo)) {
            throw syntax.misuse("give either --date, or --from and --to");
        }
        if (isFrom != isTo) {
            throw syntax.misuse("--from and --to go together; both are included");
        }
        Optional<LocalDate> first = date.value().or(from::value);
        Optional<LocalDate> last = date.value().or(to::value);
        return first.map(day -> new RunRequest.Range(day, last.orElseThrow()));
    }
}
