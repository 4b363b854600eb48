package dev.tidemark.testkit;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.Observation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows that twice is once: runs a pipeline, then runs each task a second time, then crashes it at
 * each point it passes and has it go on; after each of these, readers must see exactly what they
 * saw after the first run. It watches the data folder of the home; what a task does elsewhere, it
 * cannot see.
 */
public final class IdempotencyProof {
    private final Trial trial;
    private final Path scratch;
    private final Eyes eyes;
    private final Consumer<Finding> listener;

    /** Looks at what readers see in the data folder of a home. */
    @FunctionalInterface
    public interface Eyes {
        Observation see(Path home);
    }

    /**
     * What one experiment showed.
     *
     * @param task the task it was about
     * @param experiment what was done
     * @param differences what readers see that they should not; empty where all is well
     */
    public record Finding(String task, String experiment, List<String> differences) {
        public boolean holds() {
            return differences.isEmpty();
        }
    }

    /**
     * @param scratch an empty folder that the proof may fill
     * @param listener is told of each finding as it is made
     */
    public IdempotencyProof(Trial trial, Path scratch, Eyes eyes, Consumer<Finding> listener) {
        this.trial = trial;
        this.scratch = scratch;
        this.eyes = eyes;
        this.listener = listener;
    }

    /**
     * Makes all experiments.
     *
     * @throws TidemarkException where the pipeline fails without any crash, so that nothing can be
     *     shown
     */
    public List<Finding> run() {
        Path first = scratch.resolve("first");
        Trial.Ended ended = trial.run(first, Optional.empty());
        if (ended.how() != Trial.How.SUCCEEDED) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the pipeline fails by itself, so nothing can be shown:\n" + ended.output());
        }
        Observation expected = eyes.see(first);
        List<Finding> findings = new ArrayList<>();
        Set<String> tasks = new LinkedHashSet<>();
        ended.passed().forEach(point -> tasks.add(point.task()));
        for (String task : tasks) {
            findings.add(heard(twice(first, task, expected)));
            ended.passed().stream()
                    .filter(point -> point.task().equals(task))
                    .forEach(point -> findings.add(heard(crashed(point, expected))));
        }
        return findings;
    }

    private Finding heard(Finding finding) {
        listener.accept(finding);
        return finding;
    }

    private Finding twice(Path first, String task, Observation expected) {
        Path home = scratch.resolve("twice");
        Folders.copy(first, home);
        trial.clear(home, task);
        return judged(task, "run twice", trial.run(home, Optional.empty()), home, expected);
    }

    private Finding crashed(CrashPoint point, Observation expected) {
        Path home = scratch.resolve("crashed");
        String experiment = "crash after " + point.label();
        Trial.Ended crash = trial.run(home, Optional.of(point));
        if (crash.how() != Trial.How.CRASHED) {
            Folders.delete(home);
            return new Finding(
                    point.task(), experiment, List.of("the point was not passed this time"));
        }
        return judged(point.task(), experiment, trial.run(home, Optional.empty()), home, expected);
    }

    private Finding judged(
            String task, String experiment, Trial.Ended ended, Path home, Observation expected) {
        List<String> differences =
                ended.how() == Trial.How.SUCCEEDED
                        ? eyes.see(home).differences(expected)
                        : List.of("the run did not succeed afterwards:\n" + ended.output());
        Folders.delete(home);
        return new Finding(task, experiment, differences);
    }
}
