package dev.tidemark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Counts system calls of this process with strace, where there is one that may. */
final class SystemCalls {
    private static final String ATTACHED = "attached";

    private SystemCalls() {}

    /** How often this process asked for a sync while it worked. */
    static OptionalLong syncsOf(Ground.Work work, Path folder) throws Exception {
        Path trace = folder.resolve("syncs");
        Process strace;
        try {
            strace = start(trace);
        } catch (IOException _) {
            return OptionalLong.empty();
        }
        boolean attached = isAttached(strace);
        try {
            if (attached) {
                work.run();
            }
        } finally {
            strace.destroy();
            strace.waitFor();
        }
        return attached ? OptionalLong.of(calls(Files.readAllLines(trace))) : OptionalLong.empty();
    }

    private static Process start(Path trace) throws IOException {
        return new ProcessBuilder(
                        "strace",
                        "-f",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "signal=none",
                        "-o",
                        trace.toString(),
                        "-p",
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .start();
    }

    /** It says so, once for all threads; where it may not, it says that and ends. */
    private static boolean isAttached(Process strace) throws IOException {
        BufferedReader said = strace.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        return line != null && line.contains(ATTACHED);
    }

    /** A call that another thread's gets into is told in two lines, of which one counts. */
    static long calls(List<String> trace) {
        return trace.stream()
                .filter(line -> line.contains("sync(") && !line.contains("resumed>"))
                .count();
    }
}
