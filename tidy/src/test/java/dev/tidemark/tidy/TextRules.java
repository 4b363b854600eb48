package dev.tidemark.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What holds for lines of text. Each rule gives its complaints, none where all is well. */
final class TextRules {
    static final int MAX_COLUMNS = 100;

    /** An import, or a line whose only long word is an address. */
    private static final Pattern UNBREAKABLE =
            Pattern.compile("import .*|package .*|\\W*https?://\\S+\\W*");

    /** Written in two parts, so that this file is none of those it finds. */
    private static final Pattern LEFT_OVER =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /** Folders of one person's machine, or of one build machine. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(?<![\\w.$}~*])/(home|Users|root|work|workspace|mnt)/\\w"
                            + "|\\b[A-Z]:\\\\\\\\?\\w");

    /**
     * Where packages are fetched from is the business of who builds. Written in parts, as above.
     */
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "repo1?\\.mav"
                            + "en|registry\\.np"
                            + "mjs|py"
                            + "pi\\.org|python"
                            + "hosted"
                            + "|proxy\\.gol"
                            + "ang|docker\\.i"
                            + "o|ghcr\\.i"
                            + "o|artifac"
                            + "tory"
                            + "|jf"
                            + "rog|sona"
                            + "type|\\bnex"
                            + "us\\b",
                    Pattern.CASE_INSENSITIVE);

    private TextRules() {}

    /** Lines of code that do not fit on a page. */
    static List<String> longLines(TextFile file) {
        return lines(
                file,
                line ->
                        line.codePointCount(0, line.length()) > MAX_COLUMNS
                                && !UNBREAKABLE.matcher(line.strip()).matches(),
                "is longer than " + MAX_COLUMNS + " columns");
    }

    static List<String> leftOvers(TextFile file) {
        return lines(file, line -> LEFT_OVER.matcher(line).find(), "leaves something to be done");
    }

    static List<String> machinePaths(TextFile file) {
        return lines(file, line -> MACHINE_PATH.matcher(line).find(), "has a path of one machine");
    }

    static List<String> registries(TextFile file) {
        return lines(file, line -> REGISTRY.matcher(line).find(), "names a registry's host");
    }

    private static List<String> lines(TextFile file, Predicate<String> bad, String complaint) {
        List<String> complaints = new ArrayList<>();
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (bad.test(lines.get(i))) {
                complaints.add(file.at(i + 1) + " " + complaint);
            }
        }
        return complaints;
    }
}
