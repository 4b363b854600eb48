package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a reader can see in a folder, as names and hashes: two observations are equal if readers
 * cannot tell the difference. What attempts left behind unpublished is not seen.
 *
 * <p>Proofs compare one after a crash and retry with one of a run that went well.
 */
public final class Observation {
    private final SortedMap<String, String> contents;

    private Observation(SortedMap<String, String> contents) {
        this.contents = Collections.unmodifiableSortedMap(contents);
    }

    /** Knows what readers see in files of one kind, such as databases. */
    public interface Observer {
        /** Whether a file is of its kind, or belongs to one, as a journal does. */
        boolean sees(Path file);

        /** Names and hashes of what readers see in a file; names are relative to the file. */
        Map<String, String> observe(Path file);
    }

    /**
     * Looks at a folder and all below it.
     *
     * @throws TidemarkException {@link ErrorCode#EVIDENCE_MISMATCH} where published files are not
     *     what their manifest lists
     */
    public static Observation of(Path folder, Observer... observers) {
        SortedMap<String, String> contents = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try {
                Files.walkFileTree(folder, new Walk(folder, List.of(observers), contents));
            } catch (IOException e) {
                throw Durable.failed("looking at " + folder, e);
            }
        }
        return new Observation(contents);
    }

    /** Hashes by name, the name being a path below the folder. */
    public SortedMap<String, String> contents() {
        return contents;
    }

    /** A line for each name that is not as expected; none if readers cannot tell the difference. */
    public List<String> differences(Observation expected) {
        TreeSet<String> names = new TreeSet<>(contents.keySet());
        names.addAll(expected.contents.keySet());
        return names.stream()
                .filter(name -> !at(name).equals(expected.at(name)))
                .map(
                        name ->
                                "%s: expected %s, found %s"
                                        .formatted(name, expected.at(name), at(name)))
                .toList();
    }

    private String at(String name) {
        return contents.getOrDefault(name, "nothing");
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Observer> observers;
        private final SortedMap<String, String> contents;

        private Walk(Path root, List<Observer> observers, SortedMap<String, String> contents) {
            this.root = root;
            this.observers = observers;
            this.contents = contents;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            if (!Files.isDirectory(folder.resolve(FileLog.FOLDER))) {
                return FileVisitResult.CONTINUE;
            }
            Optional<LogEntry> head = new FileLog(folder).head();
            head.flatMap(LogEntry::visible)
                    .ifPresent(visible -> seePartition(folder, visible.manifest()));
            return FileVisitResult.SKIP_SUBTREE;
        }

        private void seePartition(Path folder, Manifest manifest) {
            String name = name(folder);
            Manifest.Output output = manifest.output();
            String hash = hash(folder, output.schema(), output.files());
            if (!hash.equals(output.contentHash())) {
                throw new TidemarkException(
                        ErrorCode.EVIDENCE_MISMATCH,
                        "%s: its rows hash to %s, not to %s as its manifest says"
                                .formatted(folder, hash, output.contentHash()));
            }
            contents.put(name, hash + ", " + rows(output.files()));
            for (int i = 0; i < output.rejected().size(); i++) {
                Manifest.Part part = output.rejected().get(i);
                contents.put(name + " rejected " + i, part.sha256() + ", " + rows(List.of(part)));
            }
        }

        private static String hash(Path folder, Schema schema, List<Manifest.Part> parts) {
            ContentHash hash = new ContentHash();
            try (PublishedRows rows = new PublishedRows(folder, parts, schema, new CsvFormat())) {
                rows.forEachRemaining(hash::add);
            }
            return hash.hex();
        }

        private static String rows(List<Manifest.Part> parts) {
            return parts.stream().mapToLong(Manifest.Part::rows).sum() + " rows";
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Optional<Observer> observer =
                    observers.stream().filter(candidate -> candidate.sees(file)).findFirst();
            if (observer.isPresent()) {
                observer.get()
                        .observe(file)
                        .forEach((part, hash) -> contents.put(name(file) + " " + part, hash));
            } else if (attributes.isRegularFile()) {
                contents.put(name(file), sha256(file) + ", " + attributes.size() + " bytes");
            }
            return FileVisitResult.CONTINUE;
        }

        private static String sha256(Path file) throws IOException {
            MessageDigest sha256 = Sha256.start();
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return Sha256.hex(sha256);
        }

        private String name(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
        }
    }
}
