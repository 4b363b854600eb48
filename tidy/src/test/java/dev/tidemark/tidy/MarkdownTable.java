package dev.tidemark.tidy;

import java.util.List;
import java.util.stream.Stream;

/** The rows of tables in Markdown, cells without their blanks and backquotes. */
final class MarkdownTable {
    private MarkdownTable() {}

    /** All rows of all tables whose first cell is code. */
    static List<List<String>> rows(TextFile file) {
        return file.lines().stream()
                .filter(line -> line.startsWith("| `"))
                .map(MarkdownTable::cells)
                .toList();
    }

    private static List<String> cells(String line) {
        return Stream.of(line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }
}
