package dev.tidemark.cli.show;

/** Text measured in the columns that a terminal gives it. */
final class Line {
    private Line() {}

    /**
     * Text on one line that cannot steer the terminal: what comes from data, such as a task's name
     * or an error, may hold line ends and escape sequences.
     */
    static String clean(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\n' || c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    static int width(String text) {
        return text.codePoints().map(Line::width).sum();
    }

    /** Cuts what does not fit, and shows that something was cut. */
    static String fit(String text, int columns, Terminal terminal) {
        if (width(text) <= columns) {
            return text;
        }
        String mark = terminal.can(Terminal.Ability.UNICODE) ? "…" : "...";
        int room = columns - mark.length();
        StringBuilder kept = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            room -= width(c);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept + mark;
    }

    static String blanks(int columns) {
        return " ".repeat(Math.max(0, columns));
    }

    /** None for marks that join the letter before, two for East Asian letters and pictures. */
    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || between(c, 0x2E80, 0xA4CF)
                        || between(c, 0xAC00, 0xD7A3)
                        || between(c, 0xF900, 0xFAFF)
                        || between(c, 0xFE30, 0xFE6F)
                        || between(c, 0xFF00, 0xFF60)
                        || between(c, 0xFFE0, 0xFFE6)
                        || between(c, 0x1F300, 0x1F64F)
                        || between(c, 0x1F680, 0x1F6FF)
                        || between(c, 0x1F900, 0x1F9FF)
                        || between(c, 0x20000, 0x3FFFD));
    }

    private static boolean between(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
