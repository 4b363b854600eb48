package dev.tidemark.tidy;

import java.util.List;

/**
 * A file of text.
 *
 * @param path from the root of the repository, with {@code /} between names
 */
record TextFile(String path, String text) {
    List<String> lines() {
        return text.lines().toList();
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    /** What a complaint about a line begins with; lines count from 1. */
    String at(long line) {
        return path + ":" + line;
    }
}
