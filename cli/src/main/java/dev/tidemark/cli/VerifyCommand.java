package dev.tidemark.cli;

import dev.tidemark.cli.inspect.Finding;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.core.Command.Verify;
import dev.tidemark.data.DatabaseObserver;
import dev.tidemark.data.Observation;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.testkit.Folders;
import dev.tidemark.testkit.IdempotencyProof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code tidemark verify}: proves that running twice is running once. */
final class VerifyCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "verify",
                    this,
                    "Proves that a pipeline is idempotent: in a scratch home it runs each task"
                            + " twice, and kills the process between any two protocol steps and"
                            + " goes on, and compares what readers see.",
                    "It sees what lies in the home's data folder; effects elsewhere it can't see."
                            + " What it shows of tasks of unknown effects is kept in the home or"
                            + " store, for this version.");

    private final PipelineOption pipeline = new PipelineOption(syntax);

    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<LocalDate>> date =
            syntax.option(
                    "--date=DATE",
                    LocalDate.class,
                    "The local date to run for, in the pipeline's zone.");

    VerifyCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() throws IOException {
        PrintWriter out = syntax.out();
        Path scratch = Files.createTempDirectory("tidemark-verify-");
        try {
            List<String> arguments = new ArrayList<>(List.of(pipeline.path().toString()));
            date.value().ifPresent(day -> arguments.addAll(List.of("--date", day.toString())));
            pipeline.parameters()
                    .forEach(
                            (name, value) ->
                                    arguments.addAll(List.of("--param", name + "=" + value)));
            List<IdempotencyProof.Finding> findings =
                    new IdempotencyProof(
                                    new ProcessTrial(arguments, clock),
                                    scratch,
                                    VerifyCommand::see,
                                    finding -> print(out, finding))
                            .run();
            long broken = findings.stream().filter(finding -> !finding.holds()).count();
            if (broken > 0) {
                out.println(
                        broken
                                + " of "
                                + findings.size()
                                + " experiments changed what readers see: the pipeline is not"
                                + " idempotent");
                return ExitCode.FAILED;
            }
            out.println(findings.size() + " experiments, and readers saw the same after each");
            keep(out, findings);
            return ExitCode.DONE;
        } finally {
            Folders.delete(scratch);
        }
    }

    /** What was shown counts from now on, for tasks of which nothing was known. */
    private void keep(PrintWriter out, List<IdempotencyProof.Finding> findings) {
        LoadedPipeline loaded =
                new PipelineLoader(clock).load(pipeline.path(), state.made().compiled());
        Set<String> shown = new TreeSet<>();
        for (IdempotencyProof.Finding finding : findings) {
            String task = finding.task().replaceFirst("\\[\\d+]$", "");
            if (isUnknown(loaded, task)) {
                shown.add(task);
            }
        }
        for (String task : List.copyOf(shown)) {
            Finding seen = loaded.findings().get(task);
            if (seen != null && !seen.visibleToVerify()) {
                shown.remove(task);
                out.println(
                        task + " stays unknown: it " + seen.effects().reason() + ", unseen here");
            }
        }
        if (!shown.isEmpty()) {
            keep(loaded, shown);
            out.println(
                    "kept as verified, for this version: "
                            + String.join(", ", shown)
                            + "; history may run again over "
                            + (shown.size() == 1 ? "it" : "them"));
        }
    }

    private static boolean isUnknown(LoadedPipeline loaded, String task) {
        return loaded.pipeline().definition().tasks().stream()
                .anyMatch(it -> it.name().equals(task) && !it.effects().areKnown());
    }

    private void keep(LoadedPipeline loaded, Set<String> shown) {
        PipelineCode code = new PipelineCode(loaded.pipeline(), loaded.version(), loaded.folder());
        Verify verify = new Verify(loaded.pipeline().definition().name(), loaded.version(), shown);
        new Deed(
                        verify,
                        engine -> {
                            engine.load(code);
                            engine.verify(verify);
                        })
                .done(state, clock);
    }

    private static Observation see(Path home) {
        return Observation.of(new Home(home).data(), new DatabaseObserver());
    }

    private static void print(PrintWriter out, IdempotencyProof.Finding finding) {
        out.printf(
                "%-20s %-50s %s%n",
                finding.task(), finding.experiment(), finding.holds() ? "same" : "DIFFERENT");
        finding.differences().forEach(difference -> out.println("    " + difference));
        out.flush();
    }
}
