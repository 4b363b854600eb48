package dev.tidemark.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs to their end. */
final class Commands {
    private Commands() {}

    static void run(String... command) throws IOException {
        run(List.of(command));
    }

    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + said.strip());
        }
    }
}
