package dev.tidemark.cli;

import dev.tidemark.core.Command.Clear;
import dev.tidemark.core.TaskKey;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.RunFilter;
import dev.tidemark.testkit.CrashPoint;
import dev.tidemark.testkit.Trial;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a pipeline by {@code tidemark run}, each time in a process of its own that can be killed.
 */
final class ProcessTrial implements Trial {
    private final List<String> arguments;
    private final InstantSource clock;

    /**
     * @param arguments those of {@code tidemark run} that say what to run
     */
    ProcessTrial(List<String> arguments, InstantSource clock) {
        this.arguments = List.copyOf(arguments);
        this.clock = clock;
    }

    @Override
    public Ended run(Path home, Optional<CrashPoint> crash) {
        try {
            Path passed = Files.createTempFile("tidemark-steps", ".txt");
            try {
                Process process =
                        new ProcessBuilder(command(home, passed, crash))
                                .redirectErrorStream(true)
                                .start();
                process.getOutputStream().close();
                String output =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                How how = how(process.waitFor());
                List<CrashPoint> points =
                        Files.readAllLines(passed).stream().map(CrashPoint::parse).toList();
                return new Ended(how, points, output);
            } finally {
                Files.delete(passed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(How.FAILED, List.of(), "interrupted");
        }
    }

    private static How how(int exitCode) {
        if (exitCode == ExitCode.DONE.number()) {
            return How.SUCCEEDED;
        }
        return exitCode == ProofSteps.CRASHED ? How.CRASHED : How.FAILED;
    }

    /** The same Java, options and class path as this process. */
    private List<String> command(Path home, Path passed, Optional<CrashPoint> crash) {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("run");
        command.addAll(arguments);
        command.add("--home");
        command.add(home.toString());
        command.add("--proof-steps");
        command.add(passed.toString());
        crash.ifPresent(
                point -> {
                    command.add("--proof-crash");
                    command.add(point.toString());
                });
        return command;
    }

    @Override
    public void clear(Path home, String task) {
        Workplace workplace = new Workplace(new Home(home), clock, Steps.UNHEARD, false);
        try (Session session =
                Session.open(new StorePlace.InHome(workplace.home()), workplace, Watcher.NOBODY)) {
            long run = session.store().runs(RunFilter.ALL).getFirst().number();
            String name = task.replaceFirst("\\[\\d+]$", "");
            session.engine()
                    .clear(new Clear(run, List.of(new TaskKey(run, name, TaskKey.NONE)), true));
        }
    }
}
