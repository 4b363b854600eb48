package dev.tidemark.cli.load;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Hashes of what a pipeline is made of. */
final class Version {
    /** 128 bits: enough that no two versions meet, short enough for a column. */
    static final int LENGTH_HEX = 32;

    private static final int BUFFER_BYTES = 64 << 10;

    private final MessageDigest digest;

    private Version(String kind) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        add(kind);
    }

    /** Of sources: names and contents, in the order of names. */
    static String ofSources(List<SourceFile> files, String tidemark) {
        Version version = new Version("sources");
        version.add(tidemark);
        files.stream()
                .sorted(Comparator.comparing(SourceFile::name))
                .forEach(
                        file -> {
                            version.add(file.name());
                            version.add(file.text());
                        });
        return version.hex().substring(0, LENGTH_HEX);
    }

    /** Of a jar: its bytes. */
    static String ofJar(Path jar, String tidemark) throws IOException {
        Version version = new Version("jar");
        version.add(tidemark);
        version.add(jar);
        return version.hex().substring(0, LENGTH_HEX);
    }

    /**
     * Of a pipeline that was made of sources or a jar: its schedule may hold dates from a file
     * beside them.
     *
     * @param code the version of the sources or the jar
     */
    static String ofPipeline(String code, PipelineDefinition definition) {
        if (!(definition.timing().schedule() instanceof Schedule.BusinessDays days)
                || days.holidays().isEmpty()) {
            return code;
        }
        Version version = new Version("holidays");
        version.add(code);
        days.holidays().forEach(holiday -> version.add(holiday.toString()));
        return version.hex().substring(0, LENGTH_HEX);
    }

    /** Over a cached jar and what is written about it. */
    static String seal(Path jar, String text) throws IOException {
        Version version = new Version("cache");
        version.add(text);
        version.add(jar);
        return version.hex();
    }

    /** Over a text of the cache. */
    static String seal(String text) {
        Version version = new Version("text");
        version.add(text);
        return version.hex();
    }

    /** Adds a text, led by its length so that two texts never read like two others. */
    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private void add(Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
