package dev.tidemark.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One version in the cache: a folder with its classes, {@value #JAR}, and {@value #INDEX}, which
 * says what they were built by, names the candidates, and ends with a seal over both files. Where
 * the seal does not fit, there is no entry.
 */
record CacheEntry(Path jar, List<Candidate> candidates) {
    static final String JAR = "pipeline.jar";
    static final String INDEX = "index";

    /** An index above this is none. */
    private static final long MAX_INDEX_BYTES = 4L << 20;

    private static final String HEAD = "tidemark pipeline cache 1";

    /**
     * Reads an entry; nothing where there is none, or none that is whole.
     *
     * @param built what a usable entry was built by
     */
    static Optional<CacheEntry> read(Path folder, String built) {
        Path index = folder.resolve(INDEX);
        Path jar = folder.resolve(JAR);
        try {
            if (!Files.isRegularFile(index) || Files.size(index) > MAX_INDEX_BYTES) {
                return Optional.empty();
            }
            String text = Files.readString(index);
            int end = text.stripTrailing().lastIndexOf('\n') + 1;
            String body = text.substring(0, end);
            if (!body.startsWith(HEAD + "\n" + built + "\n")
                    || !text.substring(end).strip().equals(Version.seal(jar, body))) {
                return Optional.empty();
            }
            return Optional.of(new CacheEntry(jar, parse(body)));
        } catch (IOException _) {
            // Gone, half written or damaged: all the same, it is made anew.
            return Optional.empty();
        }
    }

    /** Writes the index of a folder that holds the jar already. */
    static void write(Path folder, String built, List<Candidate> candidates) throws IOException {
        StringBuilder body = new StringBuilder(HEAD).append('\n').append(built).append('\n');
        for (Candidate each : candidates) {
            body.append(each.className()).append('\t').append(each.standing()).append('\t');
            body.append(each.source()).append('\n');
        }
        String seal = Version.seal(folder.resolve(JAR), body.toString());
        Files.writeString(folder.resolve(INDEX), body + seal + "\n");
    }

    private static List<Candidate> parse(String body) {
        List<Candidate> candidates = new ArrayList<>();
        for (String line : body.lines().skip(2).toList()) {
            String[] parts = line.split("\t", 3);
            candidates.add(new Candidate(parts[0], parts[2], Candidate.Standing.valueOf(parts[1])));
        }
        return candidates;
    }
}
