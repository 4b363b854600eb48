package dev.tidemark.cli.load;

import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A {@code .java} file, read once, so that what is hashed is what is compiled.
 *
 * @param name its path below the source root, with {@code /}
 * @param shown its path as the user would write it, for the compiler's messages
 */
record SourceFile(String name, Path shown, String text) {
    static final String SUFFIX = ".java";

    /** The most files one pipeline may be made of. */
    static final int MAX_FILES = 1_000;

    /** The most that they may hold together. */
    static final long MAX_TOTAL_BYTES = 16L << 20;

    /** Reads a file, given what was read before it. */
    static SourceFile read(String name, Path shown, Collection<SourceFile> before) {
        if (before.size() == MAX_FILES) {
            throw tooMuch(shown, "there are more than " + MAX_FILES + " source files");
        }
        long total = before.stream().mapToLong(file -> file.text.length()).sum();
        try {
            if (total + Files.size(shown) > MAX_TOTAL_BYTES) {
                throw tooMuch(shown, "the sources hold more than " + MAX_TOTAL_BYTES + " bytes");
            }
            return new SourceFile(name, shown, Files.readString(shown));
        } catch (IOException e) {
            throw Unloadable.unreadable(shown, e);
        }
    }

    private static TidemarkException tooMuch(Path shown, String limit) {
        return Unloadable.because(
                "at " + shown + ": " + limit + "; name a smaller folder, or give a jar");
    }
}
