package dev.tidemark.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A few digits that stand for parameters in the names of runs. */
final class ParameterDigest {
    private static final int DIGEST_BYTES = 4;

    private ParameterDigest() {}

    /** Each text is preceded by its length, so that no value can look like another parameter. */
    static String of(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach(
                        (name, value) ->
                                text.append(name)
                                        .append('=')
                                        .append(value.length())
                                        .append(':')
                                        .append(value));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
