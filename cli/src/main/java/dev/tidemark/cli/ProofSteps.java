package dev.tidemark.cli;

import dev.tidemark.ProtocolStep;
import dev.tidemark.engine.Steps;
import dev.tidemark.testkit.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes down the steps that attempts pass, and kills the process at the one that a proof names.
 */
final class ProofSteps implements Steps {
    /** What a shell says of a process that was killed with signal 9. */
    static final int CRASHED = 137;

    private final Optional<Path> passed;
    private final Optional<CrashPoint> crash;

    private ProofSteps(Optional<Path> passed, Optional<CrashPoint> crash) {
        this.passed = passed;
        this.crash = crash;
    }

    static Steps of(Optional<Path> passed, Optional<CrashPoint> crash) {
        return passed.isEmpty() && crash.isEmpty() ? Steps.UNHEARD : new ProofSteps(passed, crash);
    }

    @Override
    public synchronized void reached(String task, ProtocolStep step, String asset) {
        CrashPoint point = new CrashPoint(task, step, asset);
        passed.ifPresent(file -> write(file, point));
        if (crash.equals(Optional.of(point))) {
            // As kill -9 would: no shutdown hook, no finally block, nothing flushed.
            Runtime.getRuntime().halt(CRASHED);
        }
    }

    private static void write(Path file, CrashPoint point) {
        try {
            Files.writeString(
                    file, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
