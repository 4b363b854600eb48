package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was rejected comes back, mended, and every row is accounted for. */
class ReplayTest {
    private static final Schema SCHEMA = CheckedTarget.SCHEMA;
    private static final String LATE = "too late";

    @TempDir Path home;
    private long token = 1;

    @ParameterizedTest
    @EnumSource
    void rejectedRowsAreReadWithReasonPlaceAndAttempt(CheckedTarget.Kind kind) {
        publish(kind, later(CheckedTarget.rows(CheckedTarget.DAY, 10), 7));
        assertThat(SampleFlights.read(deadLetter(kind), attempt()))
                .satisfiesExactly(
                        row -> {
                            assertThat(row.text("code")).isEqualTo("A8");
                            assertThat(row.floating("ratio")).isEqualTo(0.8);
                            assertThat(row.text("rejection_reason")).isEqualTo(LATE);
                            assertThat(row.integer("rejection_position")).isEqualTo(9);
                            assertThat(row.text("rejection_attempt"))
                                    .isEqualTo("scheduled__2001-02-04T05:00:00Z/land/2");
                        },
                        row -> assertThat(row.isNull("ratio")).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMendedIsPublishedAndWhatIsNotStaysRejected(CheckedTarget.Kind kind) {
        publish(kind, later(CheckedTarget.rows(CheckedTarget.DAY, 10), 6));
        List<Row> once = replayed(kind, new RowCounts(10, 9, 1, 0, 9));
        assertThat(once).filteredOn(row -> row.integer("delay") == 0).hasSize(3);
        List<Row> twice = replayed(kind, new RowCounts(10, 9, 1, 0, 9));
        assertThat(twice).as("twice is once").containsExactlyInAnyOrderElementsOf(once);
        assertThat(SampleFlights.read(deadLetter(kind), attempt()))
                .singleElement()
                .satisfies(row -> assertThat(row.text("code")).isEqualTo("A9"));
    }

    /** Eight can be mended; nine cannot. */
    private List<Row> replayed(CheckedTarget.Kind kind, RowCounts expected) {
        FakeBoundary attempt = attempt();
        Rows mended =
                replay(kind)
                        .open(attempt)
                        .map(
                                SCHEMA,
                                row -> {
                                    long delay = row.integer("delay");
                                    boolean wrong = delay > 6 && delay < 9;
                                    return wrong ? row.with("delay", 0L) : row;
                                });
        assertThat(publish(kind, later(mended, 8)).rows()).isEqualTo(expected);
        return SampleFlights.read(
                kind == CheckedTarget.Kind.FILES ? files() : table(kind), attempt());
    }

    @Test
    void rowsThatHaveOtherColumnsAreNotLost() {
        Schema wide = SCHEMA.text("more");
        Row row = CheckedTarget.rows(CheckedTarget.DAY, 1).iterator().next();
        Row wider =
                wide.row(row.value(0), row.value(1), row.value(2), row.value(3), row.value(4), "x");
        Rows rows =
                Rows.of(wide, List.of(wider, wider))
                        .reject("first", new First()::isIt)
                        .map(SCHEMA, given -> row);
        publish(CheckedTarget.Kind.FILES, rows);
        assertThatThrownBy(() -> files().replay().open(attempt()))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("would lose them");

        publish(
                CheckedTarget.Kind.SQLITE,
                Rows.of(wide, List.of(wider, wider))
                        .reject("first", new First()::isIt)
                        .map(SCHEMA, given -> row));
        assertThatThrownBy(
                        () ->
                                SampleFlights.read(
                                        table(CheckedTarget.Kind.SQLITE).replay(), attempt()))
                .satisfies(has(ErrorCode.SCHEMA_CHANGED))
                .hasMessageContaining("a row was rejected with the columns");
    }

    /** Belongs to one thread. */
    private static final class First {
        private boolean over;

        boolean isIt(Row row) {
            boolean first = !over;
            over = true;
            return first && row.schema().size() > 0;
        }
    }

    private static Rows later(Rows rows, long most) {
        return rows.reject(LATE, row -> row.integer("delay") > most);
    }

    private Receipt publish(CheckedTarget.Kind kind, Rows rows) {
        Boundary attempt = attempt();
        return switch (kind) {
            case FILES -> files().writer(attempt).publish(rows);
            case DUCKDB, SQLITE, POSTGRESQL ->
                    table(kind).writer(attempt).replaceWindow("moment").rows(rows);
        };
    }

    private Source<Rows> deadLetter(CheckedTarget.Kind kind) {
        return switch (kind) {
            case FILES -> files().deadLetter();
            case DUCKDB, SQLITE, POSTGRESQL -> table(kind).deadLetter(SCHEMA);
        };
    }

    private Source<Rows> replay(CheckedTarget.Kind kind) {
        return switch (kind) {
            case FILES -> files().replay();
            case DUCKDB, SQLITE, POSTGRESQL -> table(kind).replay();
        };
    }

    private static FileDataset files() {
        return FileDataset.csv("checked", SCHEMA);
    }

    private TableTarget table(CheckedTarget.Kind kind) {
        return TableFlights.Engine.valueOf(kind.name()).database(home).table("checked", SCHEMA);
    }

    private FakeBoundary attempt() {
        token++;
        return FakeBoundary.attempt(home, CheckedTarget.DAY, token);
    }
}
