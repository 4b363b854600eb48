package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a secret is. The value is looked up when it is used, and kept by nobody. */
sealed interface Secret {
    /** The value now. No message has any of it. */
    String value();

    /**
     * A variable of the environment.
     *
     * @param environment values by name, null where there is none
     */
    record FromEnvironment(
            String user, String variable, Function<String, @Nullable String> environment)
            implements Secret {
        @Override
        public String value() {
            String value = environment.apply(variable);
            if (value == null || value.isEmpty()) {
                throw missing(
                        user,
                        "the environment variable %s, which is not set".formatted(variable),
                        "Set it for the process that runs the task");
            }
            return value;
        }
    }

    /** A file; a line's end at its end is none of it. */
    record FromFile(String user, Path path) implements Secret {
        private static final int MAX_BYTES = 8 * 1024;

        @Override
        public String value() {
            try {
                if (Files.size(path) > MAX_BYTES) {
                    throw missing(
                            user,
                            "the file %s, which has more than %,d bytes".formatted(path, MAX_BYTES),
                            "Name a file that holds the password and nothing else");
                }
                String text = Files.readString(path, StandardCharsets.UTF_8);
                String value = text.replaceFirst("\\R\\z", "");
                if (value.isEmpty()) {
                    throw missing(
                            user, "the file %s, which is empty".formatted(path), "Write it there");
                }
                return value;
            } catch (IOException _) {
                // Without the cause: of a file that is no text, it could show what it holds.
                throw missing(
                        user,
                        "the file %s, which cannot be read".formatted(path),
                        "Check that it is there, is UTF-8, and that this process may read it");
            }
        }
    }

    private static TidemarkException missing(String user, String place, String advice) {
        return new TidemarkException(
                ErrorCode.INVALID_DEFINITION,
                "%s takes its password from %s. %s".formatted(user, place, advice));
    }
}
