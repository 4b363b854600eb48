package dev.tidemark.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies beside a partition's folder.
 *
 * @param folder of the partition that is published
 */
record FileHistory(Path folder) {
    /** Some of the nearest folders may hold nothing that was published. */
    private static final int FOLDERS_LOOKED_AT = 4 * RowsNearMedian.MOST_PARTITIONS;

    /** See {@link History#rowsBefore}. */
    List<Long> rowsBefore(int partitions) {
        try {
            List<Long> rows = new ArrayList<>();
            for (Path before : nearestFirst()) {
                Optional<LogEntry> head = new FileLog(before).head();
                head.flatMap(LogEntry::visible)
                        .map(visible -> visible.manifest().outcome().rows().published())
                        .ifPresent(rows::add);
                if (rows.size() == partitions) {
                    break;
                }
            }
            return rows;
        } catch (IOException e) {
            throw Durable.failed("looking at the partitions beside " + folder, e);
        }
    }

    /** Of very many folders only the nearest are kept in memory. */
    private Iterable<Path> nearestFirst() throws IOException {
        TreeSet<Path> nearest = new TreeSet<>();
        try (Stream<Path> beside = Files.list(folder.resolveSibling(""))) {
            beside.filter(other -> name(other).compareTo(name(folder)) < 0)
                    .forEach(
                            other -> {
                                nearest.add(other);
                                if (nearest.size() > FOLDERS_LOOKED_AT) {
                                    nearest.pollFirst();
                                }
                            });
        }
        return nearest.descendingSet();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
