package dev.tidemark.cli.show;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal that knows what {@link Progress} writes: cursor up, clear line, clear below. */
final class Screen {
    private static final Pattern PIECE = Pattern.compile("\u001b\\[(\\d*)([AJK])|\n|[^\u001b\n]+");

    private final List<String> lines = new ArrayList<>(List.of(""));
    private int row;
    private int column;

    private Screen() {}

    static String showing(String written) {
        Screen screen = new Screen();
        Matcher piece = PIECE.matcher(written);
        int end = 0;
        while (piece.find()) {
            if (piece.start() != end) {
                throw new IllegalArgumentException("an unknown sequence at " + end);
            }
            end = piece.end();
            screen.accept(piece);
        }
        return String.join("\n", screen.lines);
    }

    private void accept(Matcher piece) {
        String text = piece.group();
        if (text.equals("\n")) {
            row++;
            column = 0;
            if (row == lines.size()) {
                lines.add("");
            }
        } else if (piece.group(2) == null) {
            String line = lines.get(row);
            int end = column + text.length();
            String kept = end < line.length() ? line.substring(end) : "";
            lines.set(row, line.substring(0, column) + text + kept);
            column = end;
        } else {
            clearOrMove(piece);
        }
    }

    private void clearOrMove(Matcher piece) {
        switch (piece.group(2)) {
            case "A" -> row -= Integer.parseInt(piece.group(1));
            case "K" -> lines.set(row, lines.get(row).substring(0, column));
            case "J" -> {
                lines.set(row, lines.get(row).substring(0, column));
                lines.subList(row + 1, lines.size()).clear();
            }
            default -> throw new IllegalArgumentException(piece.group());
        }
    }
}
