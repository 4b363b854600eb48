package dev.tidemark.cli;

import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.RunRequest;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.testkit.CrashPoint;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark run}: what is missing of the intervals asked for. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a pipeline for a date, a range of dates, or the latest interval due.",
            "What is done already is reported and left alone; what failed or was interrupted goes"
                    + " on from where it was."
        })
final class RunCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Mixin private final PipelineOption pipeline = new PipelineOption();
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final WriteOptions writing = new WriteOptions();

    @Option(
            names = "--date",
            description = "The one local date to run for, in the pipeline's zone.")
    private @Nullable LocalDate date;

    @Option(names = "--from", description = "The first local date of a range.")
    private @Nullable LocalDate from;

    @Option(names = "--to", description = "The last local date of the range, included.")
    private @Nullable LocalDate to;

    @Option(names = "--rerun", description = "Runs intervals again that are done already.")
    private boolean rerun;

    @Option(names = "--proof-steps", hidden = true)
    private @Nullable Path steps;

    @Option(names = "--proof-crash", hidden = true)
    private @Nullable String crash;

    @Override
    public Integer call() {
        Optional<RunRequest.Range> range = Ranges.of(spec, date, from, to);
        Steps listener =
                ProofSteps.of(
                        Optional.ofNullable(steps),
                        Optional.ofNullable(crash).map(CrashPoint::parse));
        PipelineCode code = pipeline.load(home.made());
        RunRequest request =
                new RunRequest(
                        range,
                        pipeline.parameters(),
                        Optional.of(rerun ? Reprocess.ALL : Reprocess.FAILED),
                        code.pipeline().definition().timing().maxActiveRuns());
        return writing.flow(home.made(), listener, Objects.requireNonNull(spec))
                .run(code, request)
                .number();
    }

    /** What a misuse of the command line is told. */
    static CommandLine.ParameterException misuse(@Nullable CommandSpec spec, String message) {
        return new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), message);
    }
}
