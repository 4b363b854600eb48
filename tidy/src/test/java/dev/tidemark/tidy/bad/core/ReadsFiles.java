package dev.tidemark.tidy.bad.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ReadsFiles {
    private ReadsFiles() {}

    static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
