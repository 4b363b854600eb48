package dev.tidemark.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which sources these are. */
final class Sources {
    private Sources() {}

    /** The commit of git, as far as git says. */
    static String commit() {
        try {
            Process git =
                    new ProcessBuilder("git", "describe", "--always", "--dirty")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? "unknown" : said;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
