package dev.tidemark.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes SQL to pieces: comments are left out, and what stands in quotes is one piece. It knows what
 * PostgreSQL, DuckDB, SQLite and MySQL have in common, and the quotes that each has alone.
 */
final class Scanner {
    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean whole = true;

    private Scanner(String sql) {
        this.sql = sql;
    }

    /**
     * What a text holds.
     *
     * @param whole whether all quotes and comments that are opened are closed
     */
    record Scanned(Tokens tokens, boolean whole) {}

    static Scanned scan(String sql) {
        Scanner scanner = new Scanner(sql);
        while (scanner.at < sql.length()) {
            scanner.next();
        }
        return new Scanned(new Tokens(scanner.tokens), scanner.whole);
    }

    private void next() {
        char here = sql.charAt(at);
        if (Character.isWhitespace(here)) {
            skip(1);
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            skip((end < 0 ? sql.length() : end) - at);
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (here == '\'') {
            quoted(Token.Kind.STRING, '\'', false);
        } else if (here == '"' || here == '`') {
            quoted(Token.Kind.QUOTED, here, false);
        } else if (here == '[' && nameInBrackets() > 0) {
            add(Token.Kind.QUOTED, at + 1, nameInBrackets(), nameInBrackets() + 1);
        } else if (here == '$' && dollarTag() > 0) {
            dollarQuoted();
        } else if (isWordStart(here)) {
            word();
        } else if (Character.isDigit(here)) {
            add(Token.Kind.NUMBER, at, end(at), end(at));
        } else {
            sign(here);
        }
    }

    private void word() {
        int end = end(at);
        boolean escapes = end == at + 1 && "eE".indexOf(sql.charAt(at)) >= 0;
        if (escapes && end < sql.length() && sql.charAt(end) == '\'') {
            skip(1);
            quoted(Token.Kind.STRING, '\'', true);
        } else {
            add(Token.Kind.WORD, at, end, end);
        }
    }

    private void sign(char here) {
        if (sql.startsWith("::", at)) {
            add(Token.Kind.SIGN, at, at + 2, at + 2);
        } else if (here == '?') {
            add(Token.Kind.PARAMETER, at, at + 1, at + 1);
        } else if ((here == ':' || here == '@' || here == '$')
                && at + 1 < sql.length()
                && Character.isLetterOrDigit(sql.charAt(at + 1))) {
            add(Token.Kind.PARAMETER, at, end(at + 1), end(at + 1));
        } else {
            add(Token.Kind.SIGN, at, at + 1, at + 1);
        }
    }

    /** They may stand in each other. */
    private void comment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                skip(2);
            } else if (sql.startsWith("*/", at)) {
                depth--;
                skip(2);
            } else {
                skip(1);
            }
        } while (depth > 0 && at < sql.length());
        whole &= depth == 0;
    }

    /** Up to the same quote, which stands there twice where it is meant itself. */
    private void quoted(Token.Kind kind, char quote, boolean escapes) {
        int end = at + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) == quote) {
                if (end + 1 == sql.length() || sql.charAt(end + 1) != quote) {
                    add(kind, at + 1, end, end + 1);
                    return;
                }
                end++;
            } else if (escapes && sql.charAt(end) == '\\') {
                end++;
            }
            end++;
        }
        whole = false;
        add(kind, at + 1, sql.length(), sql.length());
    }

    /** Where a name in brackets ends; 0 where there is none, as in a list. */
    private int nameInBrackets() {
        if (at + 1 == sql.length() || !isWordStart(sql.charAt(at + 1))) {
            return 0;
        }
        int end = at + 1;
        while (end < sql.length() && (isWordPart(sql.charAt(end)) || sql.charAt(end) == ' ')) {
            end++;
        }
        return end < sql.length() && sql.charAt(end) == ']' ? end : 0;
    }

    /** How long what opens a text such as {@code $tag$} is; 0 where it is none. */
    private int dollarTag() {
        int end = at + 1;
        while (end < sql.length() && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean named = end > at + 1 && Character.isDigit(sql.charAt(at + 1));
        return !named && end < sql.length() && sql.charAt(end) == '$' ? end + 1 - at : 0;
    }

    private void dollarQuoted() {
        String tag = sql.substring(at, at + dollarTag());
        int end = sql.indexOf(tag, at + tag.length());
        if (end < 0) {
            whole = false;
            add(Token.Kind.STRING, at + tag.length(), sql.length(), sql.length());
        } else {
            add(Token.Kind.STRING, at + tag.length(), end, end + tag.length());
        }
    }

    private void add(Token.Kind kind, int start, int end, int next) {
        tokens.add(new Token(kind, sql.substring(start, end), line));
        skip(next - at);
    }

    private void skip(int count) {
        for (int i = 0; i < count && at < sql.length(); i++) {
            line += sql.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
    }

    private int end(int start) {
        int end = start;
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordStart(char each) {
        return Character.isLetter(each) || each == '_' || each == SqlText.UNKNOWN_PART;
    }

    private static boolean isWordPart(char each) {
        return isWordStart(each) || Character.isDigit(each) || each == '$';
    }
}
