package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static dev.tidemark.data.SampleFlights.DAY_BEFORE;
import static dev.tidemark.data.SampleFlights.SCHEMA;
import static dev.tidemark.data.SampleFlights.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFilesTest {
    private static final CsvFiles FLIGHTS =
            CsvFiles.named("bts/flights", "flights-{date}.csv", SCHEMA).cursor("date");
    private static final CsvFiles ZIPPED =
            CsvFiles.named("bts/flights", "flights-{date}.csv.gz", SCHEMA).cursor("date");
    private static final String HEADER = "date,delay,distance,origin,destination\n";
    private static final String ONE = "2001-02-03T00:10:00,-3,1452,DEN,IAD\n";
    private static final String TWO = "2001-02-03 23:59:59,278,145,BOS,ALB\n";

    /** Computed from the file by the Python program in docs/content-hash.md. */
    private static final String HASH_OF_THIRD_OF_FEBRUARY = "83590a3d6e3ca742c9d07b32dbaff526";

    @TempDir Path home;

    @BeforeEach
    void aSourceSystem() throws IOException {
        Files.createDirectories(home.resolve("source"));
    }

    @Test
    void rowsAreTypedAsDeclared() throws IOException {
        write(DAY, HEADER + ONE + TWO);
        assertThat(read(FLIGHTS, attempt()))
                .containsExactly(
                        SCHEMA.row(
                                LocalDateTime.parse("2001-02-03T00:10:00"), -3, 1452, "DEN", "IAD"),
                        SCHEMA.row(
                                LocalDateTime.parse("2001-02-03T23:59:59"),
                                278,
                                145,
                                "BOS",
                                "ALB"));
    }

    @Test
    void readingTellsWhatWasConsumedByTheHashOfTheBytes() throws IOException {
        write(DAY, HEADER + ONE + TWO);
        FakeBoundary attempt = attempt();
        read(FLIGHTS, attempt);
        assertThat(attempt.consumptions())
                .containsExactly(
                        new Consumption(
                                "bts/flights",
                                DAY,
                                Sha256.hex(HEADER + ONE + TWO),
                                2,
                                (HEADER + ONE + TWO).length()));
    }

    @Test
    void aReaderThatStopsEarlyStillNamesTheWholeFile() throws IOException {
        write(DAY, HEADER + ONE + TWO);
        FakeBoundary attempt = attempt();
        try (Rows rows = FLIGHTS.open(attempt)) {
            assertThat(rows.iterator().next().integer("delay")).isEqualTo(-3);
        }
        assertThat(attempt.consumptions())
                .singleElement()
                .satisfies(
                        consumption -> {
                            assertThat(consumption.rows()).isEqualTo(1);
                            assertThat(consumption.version())
                                    .isEqualTo(Sha256.hex(HEADER + ONE + TWO));
                        });
    }

    @Test
    void theExamplesFileHasTheHashThatPythonComputes() {
        CsvFiles example =
                CsvFiles.named(
                                "bts/flights",
                                Path.of("..", "examples", "flights", "data")
                                        .toAbsolutePath()
                                        .resolve("flights-{date}.csv.gz")
                                        .toString(),
                                SCHEMA)
                        .cursor("date");
        FakeBoundary attempt = attempt();
        ContentHash hash = new ContentHash();
        try (Rows rows = example.open(attempt)) {
            rows.forEach(hash::add);
        }
        assertThat(hash.hex()).isEqualTo(HASH_OF_THIRD_OF_FEBRUARY);
        assertThat(attempt.consumptions())
                .containsExactly(
                        new Consumption(
                                "bts/flights",
                                DAY,
                                "0ecce3ed44d64ac3f3002097dd9ef0593e5c8b9ec5ce4c7b570d1080930cb392",
                                14979,
                                122490));
    }

    @Test
    void aFileWithAHeaderOnlyHasNoRows() throws IOException {
        write(DAY, HEADER);
        assertThat(read(FLIGHTS, attempt())).isEmpty();
    }

    @Test
    void columnsMayComeInAnotherOrderAndLinesEndAsOnWindows() throws IOException {
        write(
                DAY,
                String.join(
                        "\r\n",
                        "\uFEFForigin,destination,distance,delay,date",
                        "\"DEN\",IAD,1,,2001-02-03T01:00:00",
                        "",
                        ""));
        assertThat(read(FLIGHTS, attempt()))
                .containsExactly(
                        SCHEMA.row(
                                LocalDateTime.parse("2001-02-03T01:00:00"), null, 1, "DEN", "IAD"));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> read(FLIGHTS, attempt()))
                .satisfies(has(ErrorCode.INPUT_MISSING))
                .hasMessageContaining("bts/flights has no file for 2001-02-03")
                .hasMessageContaining("flights-2001-02-03.csv");
    }

    @Test
    void aFileWithoutAHeaderIsTruncated() throws IOException {
        write(DAY, "");
        assertRefused(FLIGHTS, ErrorCode.INPUT_UNREADABLE, "not even a header");
    }

    @Test
    void missingAndUnknownColumnsAreNamed() throws IOException {
        write(DAY, "date,delay,origin,destination,carrier\n");
        assertRefused(FLIGHTS, ErrorCode.SCHEMA_CHANGED, "removed distance, added carrier");
    }

    @Test
    void aColumnThatIsThereTwiceIsRefused() throws IOException {
        write(DAY, HEADER.replace("delay", "delay,delay"));
        assertRefused(FLIGHTS, ErrorCode.SCHEMA_CHANGED, "names a column twice");
    }

    @Test
    void aValueOfAnotherTypeIsFoundByFileLineAndColumn() throws IOException {
        write(DAY, HEADER + ONE + ONE.replace("-3", "late"));
        assertRefused(
                FLIGHTS,
                ErrorCode.INPUT_UNREADABLE,
                "flights-2001-02-03.csv, line 3, column 'delay': 'late' is not a value of type"
                        + " INTEGER");
    }

    @Test
    void aLineWithMoreOrFewerFieldsIsFound() throws IOException {
        write(DAY, HEADER + ONE + "2001-02-03T00:10:00,-3\n");
        assertRefused(
                FLIGHTS, ErrorCode.INPUT_UNREADABLE, "line 3 has 2 fields, but its header names 5");
        write(DAY, HEADER + ONE.replace("IAD", "IAD,more"));
        assertRefused(FLIGHTS, ErrorCode.INPUT_UNREADABLE, "line 2 has 6 fields");
    }

    @Test
    void aQuoteThatNeverEndsIsFound() throws IOException {
        write(DAY, HEADER + ONE + ONE.replace("DEN", "\"DEN"));
        assertRefused(FLIGHTS, ErrorCode.INPUT_UNREADABLE, "truncated or no CSV");
    }

    @Test
    void bytesThatAreNoTextAreFound() throws IOException {
        byte[] latin = (HEADER + ONE.replace("DEN", "Zür")).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file(DAY, "csv"), latin);
        assertRefused(FLIGHTS, ErrorCode.INPUT_UNREADABLE, "cannot be read after line");
    }

    @Test
    void aTruncatedCompressedFileIsFound() throws IOException {
        byte[] whole = zip(HEADER + ONE.repeat(5000));
        Files.write(file(DAY, "csv.gz"), Arrays.copyOf(whole, whole.length - 20));
        assertRefused(ZIPPED, ErrorCode.INPUT_UNREADABLE, "flights-2001-02-03.csv.gz");
        Files.write(file(DAY, "csv.gz"), Arrays.copyOf(whole, 5));
        assertRefused(ZIPPED, ErrorCode.INPUT_UNREADABLE, "cannot be read from line 1");
    }

    @Test
    void garbageThatClaimsToBeCompressedIsFound() throws IOException {
        Files.writeString(file(DAY, "csv.gz"), HEADER + ONE);
        assertRefused(ZIPPED, ErrorCode.INPUT_UNREADABLE, "not compressed by gzip");
        byte[] damaged = zip(HEADER + ONE.repeat(5000));
        damaged[damaged.length / 2] ^= 0x55;
        Files.write(file(DAY, "csv.gz"), damaged);
        assertRefused(ZIPPED, ErrorCode.INPUT_UNREADABLE, "flights-2001-02-03.csv.gz");
    }

    @Test
    void rowsOfAnotherDayAreCountedAndShown() throws IOException {
        write(DAY, HEADER + ONE + ONE.replace("02-03", "02-04") + ONE.replace("02-03", "02-05"));
        assertRefused(
                FLIGHTS,
                ErrorCode.OUTSIDE_INTERVAL,
                "flights-2001-02-03.csv: 2 rows lie outside partition 2001-02-03");
    }

    @Test
    void withoutACursorRowsMayBeOfAnyTime() throws IOException {
        write(DAY, HEADER + ONE.replace("02-03", "02-04"));
        CsvFiles anyTime = CsvFiles.named("bts", "flights-{partition}.csv", SCHEMA);
        assertThat(read(anyTime, attempt())).hasSize(1);
    }

    @Test
    void yesterdaysFileIsNotTodays() throws IOException {
        CsvFiles anyTime = CsvFiles.named("bts", "flights-{date}.csv", SCHEMA);
        write(DAY_BEFORE, HEADER + ONE);
        write(DAY, HEADER + ONE);
        assertRefused(
                anyTime, ErrorCode.SAME_INPUT_AS_BEFORE, "flights-2001-02-02.csv, the file of");
        assertThat(read(anyTime.mayRepeat(), attempt())).hasSize(1);
        write(DAY, HEADER + ONE.replace("-3", "-4"));
        assertThat(read(anyTime, attempt())).hasSize(1);
    }

    @Test
    void twoDaysWithoutRowsRepeatNothing() throws IOException {
        write(DAY_BEFORE, HEADER);
        write(DAY, HEADER);
        assertThat(read(FLIGHTS, attempt())).isEmpty();
    }

    @Test
    void oneFileForAllDaysIsNoRepetition() throws IOException {
        Files.writeString(home.resolve("source/airports.csv"), "code\nDEN\n");
        CsvFiles airports = CsvFiles.named("airports", "airports.csv", Schema.of().text("code"));
        assertThat(read(airports, attempt()))
                .extracting(row -> row.text("code"))
                .containsExactly("DEN");
    }

    @Test
    void everyTypeIsRead() throws IOException {
        Schema all =
                Schema.of()
                        .bool("flag")
                        .floating("ratio")
                        .decimal("price")
                        .date("day")
                        .timestamp("at")
                        .instant("seen");
        Files.writeString(
                home.resolve("source/all.csv"),
                """
                flag,ratio,price,day,at,seen
                TRUE,1e3,1.50,2001-02-03,2001-02-03T04:05,2001-02-03T04:05:06+01:00
                "",,,,,
                """);
        Row row = read(CsvFiles.named("all", "all.csv", all), attempt()).getFirst();
        assertThat(row)
                .hasToString(
                        "{flag=true, ratio=1000.0, price=1.50, day=2001-02-03, at=2001-02-03T04:05,"
                                + " seen=2001-02-03T03:05:06Z}");
        assertThat(read(CsvFiles.named("all", "all.csv", all), attempt()).getLast())
                .isEqualTo(all.row(null, null, null, null, null, null));
    }

    private void assertRefused(CsvFiles source, ErrorCode code, String message) {
        FakeBoundary attempt = attempt();
        assertThatThrownBy(() -> read(source, attempt))
                .satisfies(has(code))
                .hasMessageContaining(message);
        assertThat(attempt.consumptions()).isEmpty();
    }

    private FakeBoundary attempt() {
        return FakeBoundary.attempt(home, DAY, 1);
    }

    private void write(String day, String text) throws IOException {
        Files.writeString(file(day, "csv"), text);
    }

    private Path file(String day, String extension) {
        return home.resolve("source/flights-" + day + "." + extension);
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
