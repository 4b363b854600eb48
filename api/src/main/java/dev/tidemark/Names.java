package dev.tidemark;

import java.util.regex.Pattern;

/** What names may look like. They end up in paths, tables and URLs, so they are kept plain. */
final class Names {
    private static final int MAX_LENGTH = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern ASSET =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");

    private Names() {}

    static String check(String what, String name) {
        if (name.length() > MAX_LENGTH || !PLAIN.matcher(name).matches()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    what
                            + " name '"
                            + name
                            + "' is not allowed; use a letter, then letters, digits, _ or -, at"
                            + " most "
                            + MAX_LENGTH);
        }
        return name;
    }

    static String checkAsset(String name) {
        if (name.length() > MAX_LENGTH || !ASSET.matcher(name).matches() || name.contains("..")) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "asset name '"
                            + name
                            + "' is not allowed; use letters, digits, _ . or -, with / between"
                            + " parts, at most "
                            + MAX_LENGTH);
        }
        return name;
    }
}
