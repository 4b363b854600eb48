package dev.tidemark.cli.sql;

import java.util.Locale;

/**
 * One piece of SQL.
 *
 * @param text as it is written; of what stands in quotes, what is between them
 * @param line from 1, in the text it is from
 */
record Token(Kind kind, String text, int line) {
    /** What a piece is. */
    enum Kind {
        /** A name or a key word. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** A text in quotes. */
        STRING,
        NUMBER,
        /** A sign, such as {@code (}. */
        SIGN,
        /** The place of a value that comes later. */
        PARAMETER
    }

    /** Whether it is a word, however large its letters are. */
    boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
