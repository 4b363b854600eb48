package dev.tidemark.cli.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a Java source mentions outside comments and literals. A lexical look, not a parse:
 * it may see more than the source depends on, never less.
 *
 * @param packageName empty for the unnamed package
 * @param names every identifier, but for the types that it declares itself
 * @param chains identifiers joined by dots: {@code [helpers, Dates, today]}
 */
record Mentions(String packageName, Set<String> names, Set<List<String>> chains) {
    private static final String TEXT_BLOCK = "\"\"\"";
    private static final Set<String> DECLARERS = Set.of("class", "interface", "enum", "record");

    static Mentions in(String source) {
        return new Scan(source).run();
    }

    /** One pass over a source. Used by one thread, once. */
    private static final class Scan {
        private final String source;
        private final Set<String> names = new HashSet<>();
        private final Set<String> declared = new HashSet<>();
        private final Set<List<String>> chains = new HashSet<>();
        private List<String> chain = new ArrayList<>();
        private boolean afterDot;
        private boolean inPackageDeclaration;
        private String packageName = "";
        private int braces;
        private int at;

        Scan(String source) {
            this.source = source;
        }

        Mentions run() {
            while (at < source.length()) {
                char c = source.charAt(at);
                if (Character.isJavaIdentifierStart(c)) {
                    takeName();
                } else if (c == '/' && source.startsWith("//", at)) {
                    skipPast("\n", at + 2);
                } else if (c == '/' && source.startsWith("/*", at)) {
                    skipPast("*/", at + 2);
                } else if (c == '"' || c == '\'') {
                    skipLiteral(source.startsWith(TEXT_BLOCK, at) ? TEXT_BLOCK : String.valueOf(c));
                } else {
                    takeSymbol(c);
                }
            }
            endChain();
            names.removeAll(declared);
            return new Mentions(packageName, names, chains);
        }

        private void skipPast(String end, int from) {
            int found = source.indexOf(end, from);
            at = found < 0 ? source.length() : found + end.length();
        }

        private void skipLiteral(String quote) {
            at += quote.length();
            while (at < source.length() && !source.startsWith(quote, at)) {
                // A plain literal ends with its line, also where the closing quote is forgotten.
                if (quote.length() == 1 && source.charAt(at) == '\n') {
                    return;
                }
                at += source.charAt(at) == '\\' ? 2 : 1;
            }
            at += quote.length();
        }

        private void takeName() {
            int start = at;
            while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
                at++;
            }
            String name = source.substring(start, at);
            if (!afterDot) {
                // A nested type hides others only where it is in scope, so it is not counted.
                if (braces == 0 && chain.size() == 1 && DECLARERS.contains(chain.getFirst())) {
                    declared.add(name);
                }
                endChain();
            }
            inPackageDeclaration |= name.equals("package");
            if (!name.equals("package")) {
                names.add(name);
                chain.add(name);
            }
            afterDot = false;
        }

        private void takeSymbol(char c) {
            if (c == '.') {
                afterDot = true;
            } else if (!Character.isWhitespace(c)) {
                endChain();
                braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
            at++;
        }

        private void endChain() {
            if (inPackageDeclaration && !chain.isEmpty()) {
                packageName = String.join(".", chain);
                inPackageDeclaration = false;
            }
            if (chain.size() > 1) {
                chains.add(chain);
            }
            chain = new ArrayList<>();
            afterDot = false;
        }
    }
}
