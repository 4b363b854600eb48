package dev.tidemark.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of SQL one after another. To ask for one that is not there gives a sign that is none, so
 * that nobody has to look for the end.
 */
final class Tokens {
    private static final Token END = new Token(Token.Kind.SIGN, "", 0);

    private final List<Token> all;

    Tokens(List<Token> all) {
        this.all = List.copyOf(all);
    }

    int size() {
        return all.size();
    }

    Token at(int index) {
        return index >= 0 && index < all.size() ? all.get(index) : END;
    }

    Tokens from(int start) {
        return range(start, all.size());
    }

    /** Those from one to before another. */
    Tokens range(int start, int end) {
        int first = Math.min(Math.max(start, 0), all.size());
        return new Tokens(all.subList(first, Math.max(first, Math.min(end, all.size()))));
    }

    /** Whether these words stand there, one after another. */
    boolean are(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether these words stand anywhere. */
    boolean have(String... words) {
        for (int i = 0; i < size(); i++) {
            if (are(i, words)) {
                return true;
            }
        }
        return false;
    }

    /** Of a parenthesis that is opened, where it is closed; the end where it is not. */
    int closing(int opened) {
        int depth = 0;
        for (int i = opened; i < size(); i++) {
            if (at(i).isSign("(")) {
                depth++;
            } else if (at(i).isSign(")") && --depth == 0) {
                return i;
            }
        }
        return size();
    }

    /** What follows one place on the same level: behind a parenthesis where it is one. */
    int next(int index) {
        return at(index).isSign("(") ? closing(index) + 1 : index + 1;
    }

    /** The pieces between signs on the first level. */
    List<Tokens> split(String sign) {
        List<Tokens> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < size(); i = next(i)) {
            if (at(i).isSign(sign)) {
                parts.add(range(start, i));
                start = i + 1;
            }
        }
        parts.add(from(start));
        return parts;
    }
}
