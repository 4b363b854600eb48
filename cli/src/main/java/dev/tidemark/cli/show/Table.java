package dev.tidemark.cli.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headers, in aligned columns. On a terminal long text is cut to its width, numbers
 * never are; in a file or pipe nothing is.
 */
public record Table(List<Column> columns, List<List<Cell>> rows) {
    private static final String GAP = "  ";

    /** Text columns are not cut below this, since nothing could be read in them. */
    private static final int MIN_COLUMN_WIDTH = 6;

    /** How the cells of a column stand. */
    public enum Align {
        LEFT,
        /** For numbers. */
        RIGHT
    }

    /** A column and its header. */
    public record Column(String header, Align align) {
        public static Column text(String header) {
            return new Column(header, Align.LEFT);
        }

        public static Column number(String header) {
            return new Column(header, Align.RIGHT);
        }
    }

    /** One value, already written for people. */
    public record Cell(String text, Tone tone) {
        public Cell {
            text = Line.clean(text);
        }

        public static Cell of(String text) {
            return new Cell(text, Tone.PLAIN);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells under " + columns.size() + " columns");
            }
        }
    }

    /** The text, each line ended by a line feed. */
    public String render(Terminal terminal) {
        int[] widths = widths(terminal);
        StringBuilder out = new StringBuilder();
        append(
                out,
                columns.stream().map(each -> Cell.of(each.header())).toList(),
                widths,
                terminal);
        String rule = terminal.can(Terminal.Ability.UNICODE) ? "─" : "-";
        List<Cell> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add(new Cell(rule.repeat(width), Tone.FAINT));
        }
        append(out, rules, widths, terminal);
        for (List<Cell> row : rows) {
            append(out, row, widths, terminal);
        }
        return out.toString();
    }

    private int[] widths(Terminal terminal) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Line.width(columns.get(i).header());
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], Line.width(row.get(i).text()));
            }
        }
        int gaps = GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() + gaps > terminal.columns()) {
            int widest = widestText(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    /** The text column with most room to give; -1 where none has any. */
    private int widestText(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (columns.get(i).align() == Align.LEFT
                    && widths[i] > (widest < 0 ? MIN_COLUMN_WIDTH : widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void append(StringBuilder out, List<Cell> row, int[] widths, Terminal terminal) {
        String pending = "";
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String text = Line.fit(cell.text(), widths[i], terminal);
            String blanks = Line.blanks(widths[i] - Line.width(text));
            boolean right = columns.get(i).align() == Align.RIGHT;
            // Blanks wait for the text after them, so that no line ends with any.
            pending += right ? blanks : "";
            if (!text.isEmpty()) {
                out.append(pending).append(cell.tone().paint(text, terminal));
                pending = "";
            }
            pending += (right ? "" : blanks) + GAP;
        }
        out.append('\n');
    }
}
