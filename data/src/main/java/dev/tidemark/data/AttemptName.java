package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import dev.tidemark.Schema;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an attempt in file names: readable, the same whenever the attempt is asked, and of no
 * other attempt, since its token is part of it.
 *
 * @param label run, task and attempt, as far as a file name can hold them
 * @param issuer a short hash of the token's issuer
 * @param number the token's number
 */
record AttemptName(String label, String issuer, long number) {
    private static final int MAX_LABEL_CHARACTERS = 120;
    private static final int SHORT_HEX_DIGITS = 8;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Pattern FILE =
            Pattern.compile("(.+)~([0-9a-f]{8})-(\\d{1,18})-(?:rejected-[0-9a-f]{8}-)?\\d+\\..+");

    static AttemptName of(Boundary boundary) {
        Boundary.Writer writer = boundary.writer();
        String label = writer.run() + "." + writer.task() + "." + writer.attempt();
        String safe = UNSAFE.matcher(label).replaceAll("");
        return new AttemptName(
                safe.substring(0, Math.min(safe.length(), MAX_LABEL_CHARACTERS)),
                issuer(boundary.token()),
                boundary.token().number());
    }

    /** The attempt that wrote a file; empty for files that no attempt wrote. */
    static Optional<AttemptName> ofFile(String name) {
        Matcher file = FILE.matcher(name);
        return file.matches()
                ? Optional.of(
                        new AttemptName(
                                file.group(1), file.group(2), Long.parseLong(file.group(3))))
                : Optional.empty();
    }

    String part(int part, String extension) {
        return this + "-" + part + "." + extension;
    }

    String rejected(Schema shape, int part, String extension) {
        return this + "-" + rejectedMark(shape) + part + "." + extension;
    }

    /** Whether a file of rejected rows holds rows of this shape. */
    static boolean isRejected(String file, Schema shape) {
        return file.contains("-" + rejectedMark(shape));
    }

    private static String rejectedMark(Schema shape) {
        return "rejected-" + Conformity.fingerprint(shape).substring(0, SHORT_HEX_DIGITS) + "-";
    }

    /** Whether a holder of this later token of the same issuer has taken the partition. */
    boolean isBelow(FencingToken head) {
        return issuer.equals(issuer(head)) && number < head.number();
    }

    private static String issuer(FencingToken token) {
        return Sha256.hex(token.issuer()).substring(0, SHORT_HEX_DIGITS);
    }

    @Override
    public String toString() {
        return label + "~" + issuer + "-" + number;
    }
}
