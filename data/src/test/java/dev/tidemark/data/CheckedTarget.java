package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** A target of each kind, in a home of its own, into which tests publish the same rows. */
record CheckedTarget(Kind kind, Path home) {
    /** What holds the rows. */
    enum Kind {
        FILES,
        DUCKDB,
        SQLITE,
        POSTGRESQL
    }

    static final String DAY = "2001-02-03";
    static final Schema SCHEMA =
            Schema.of()
                    .timestamp("moment")
                    .text("origin")
                    .integer("delay")
                    .floating("ratio")
                    .text("code");

    /** The two days before are published, with eight rows each; the source has what it needs. */
    static CheckedTarget in(Kind kind, Path home) {
        CheckedTarget target = new CheckedTarget(kind, home);
        target.source("right-" + DAY + ".csv", "rows\n10\n");
        target.source("wrong-" + DAY + ".csv", "rows\n11\n");
        target.source("all.csv", "code\nDEN\nIAD\nLAX\n");
        target.source("some.csv", "code\nDEN\nLAX\n");
        for (String day : List.of("2001-02-01", "2001-02-02")) {
            target.publish(FakeBoundary.attempt(home, day, 1), rows(day, 8));
        }
        return target;
    }

    private void source(String name, String text) {
        try {
            Files.createDirectories(home.resolve("source"));
            Files.writeString(home.resolve("source").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Rows rows(String day, int count) {
        List<Row> rows =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        SCHEMA.row(
                                                LocalDate.parse(day).atTime(2 * i % 24, 0),
                                                i % 2 == 0 ? "DEN" : "IAD",
                                                i,
                                                i == 9 ? null : i / 10.0,
                                                "A" + i))
                        .toList();
        return Rows.of(SCHEMA, rows);
    }

    /** The results that stand in the manifest. */
    List<CheckResult> publish(FakeBoundary attempt, Rows rows, Check... checks) {
        switch (kind) {
            case FILES -> files().writer(attempt).check(checks).publish(rows);
            case DUCKDB, SQLITE, POSTGRESQL ->
                    table().writer(attempt).replaceWindow("moment").check(checks).rows(rows);
        }
        return ManifestJson.read(attempt.evidence().getLast().manifest()).outcome().checks();
    }

    List<Row> visible(long token) {
        FakeBoundary attempt = FakeBoundary.attempt(home, DAY, token);
        return switch (kind) {
            case FILES -> SampleFlights.read(files(), attempt);
            case DUCKDB, SQLITE, POSTGRESQL -> SampleFlights.read(table(), attempt);
        };
    }

    Database database() {
        return TableFlights.Engine.valueOf(kind.name()).database(home);
    }

    private FileDataset files() {
        return FileDataset.csv("checked", SCHEMA);
    }

    private TableTarget table() {
        return database().table("checked", SCHEMA);
    }
}
