package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.data.TableFlights.Engine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a table takes, and what it refuses. */
class TableWriterTest extends TableOrders {
    @ParameterizedTest
    @EnumSource
    void whatAColumnCannotHoldIsRefusedNotRounded(Engine engine) {
        Schema schema = Schema.of().date("day").floating("share").decimal("amount");
        LocalDate day = LocalDate.parse(DAY);
        Row tooFine =
                switch (engine) {
                    case DUCKDB -> schema.row(day, 0.5, new BigDecimal("0.12345678901"));
                    case SQLITE -> schema.row(day, Double.NaN, BigDecimal.ONE);
                    case POSTGRESQL -> schema.row(day, 0.5, new BigDecimal("1e-16384"));
                };
        assertRefused(
                ErrorCode.CHECK_FAILED,
                () ->
                        engine.database(home)
                                .table("shares", schema)
                                .writer(attempt(1))
                                .replaceWindow("day")
                                .rows(Rows.of(schema, List.of(tooFine))),
                "cannot hold");
    }

    @ParameterizedTest
    @EnumSource
    void rowsOutsideTheWindowAreRefusedWithAnExample(Engine engine) {
        assertRefused(
                ErrorCode.OUTSIDE_INTERVAL,
                () ->
                        table(engine)
                                .writer(attempt(1))
                                .replaceWindow("day")
                                .rows(
                                        orders(
                                                order("a", DAY, 1, "1"),
                                                order("late", "2001-02-04", 1, "1"))),
                "1 rows lie outside",
                "order_id=late");
        assertThat(ordersIn(engine)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingDoesNotReplaceSomethingUnlessAllowed(Engine engine) {
        table(engine).writer(attempt(1)).replaceWindow("day").rows(orders(order("a", DAY, 1, "1")));

        assertRefused(
                ErrorCode.EMPTY_OVER_DATA,
                () -> table(engine).writer(attempt(2)).replaceWindow("day").rows(orders()),
                "allowEmpty()");
        assertThat(ordersIn(engine)).hasSize(1);
        Receipt empty =
                table(engine).writer(attempt(3)).replaceWindow("day").allowEmpty().rows(orders());

        assertThat(ordersIn(engine)).isEmpty();
        assertThat(empty.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void nothingDoesNotReplaceRowsThatSomeoneElseWrote(Engine engine) throws Exception {
        table(engine).writer(attempt(1)).replaceWindow("day").rows(orders(order("a", DAY, 1, "1")));
        FakeBoundary dayAfter = FakeBoundary.attempt(home, "2001-02-04", 1);
        try (Session session = engine.database(home).reach(attempt(0)).open()) {
            session.execute("UPDATE orders SET day = '2001-02-04'");
        }
        assertRefused(
                ErrorCode.EMPTY_OVER_DATA,
                () -> {
                    var _ =
                            table(engine)
                                    .writer(dayAfter)
                                    .replaceWindow("day")
                                    .rows(orders().filter(row -> false));
                },
                "allowEmpty()");
    }

    @ParameterizedTest
    @EnumSource
    void yesterdaysInputIsNotTodays(Engine engine) {
        FakeBoundary yesterday = FakeBoundary.attempt(home, "2001-02-02", 1);
        yesterday.consumed(new Consumption("orders.csv", "2001-02-02", "same", 1, 10));
        table(engine)
                .writer(yesterday)
                .replaceWindow("day")
                .rows(orders(order("a", "2001-02-02", 1, "1")));
        FakeBoundary today = attempt(2);
        today.consumed(new Consumption("orders.csv", DAY, "same", 1, 10));

        assertRefused(
                ErrorCode.SAME_INPUT_AS_BEFORE,
                () ->
                        table(engine)
                                .writer(today)
                                .replaceWindow("day")
                                .rows(orders(order("b", DAY, 1, "1"))),
                "orders.csv",
                "mayRepeat()");
    }

    @ParameterizedTest
    @EnumSource
    void aFailedCheckPublishesNothing(Engine engine) {
        assertRefused(
                ErrorCode.CHECK_FAILED,
                () ->
                        table(engine)
                                .writer(attempt(1))
                                .replaceWindow("day")
                                .check(Check.rowsAtLeast(2))
                                .rows(orders(order("a", DAY, 1, "1"))),
                "1 of 1 checks failed");
        assertThat(ordersIn(engine)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatDiffersIsNotTouchedUnlessTheChangeIsAccepted(Engine engine) {
        table(engine).writer(attempt(1)).replaceWindow("day").rows(orders(order("a", DAY, 1, "1")));
        Schema changed = Schema.of().text("order_id").date("day").text("currency");
        Rows rows = Rows.of(changed, List.of(changed.row("b", LocalDate.parse(DAY), "CHF")));
        TableTarget other = engine.database(home).table("orders", changed);

        assertRefused(
                ErrorCode.SCHEMA_CHANGED,
                () -> other.writer(attempt(2)).replaceWindow("day").rows(rows),
                "missing currency",
                "not declared version",
                "not declared amount");
        other.writer(attempt(3))
                .replaceWindow("day")
                .acceptSchemaChange()
                .rows(Rows.of(changed, List.of(changed.row("b", LocalDate.parse(DAY), "CHF"))));

        assertThat(read(engine, "SELECT order_id, version, currency FROM orders"))
                .containsExactly("{order_id=b, version=null, currency=CHF}");
        Schema mistyped = Schema.of().text("order_id").text("day");
        assertRefused(
                ErrorCode.SCHEMA_CHANGED,
                () ->
                        engine.database(home)
                                .table("orders", mistyped)
                                .writer(attempt(4))
                                .replaceWindow("day")
                                .acceptSchemaChange()
                                .rows(Rows.of(mistyped, List.of())),
                engine == Engine.POSTGRESQL ? "day is date" : "day is DATE",
                "declared TEXT");
    }

    @ParameterizedTest
    @EnumSource
    void theDeadLetterShowsWhatThePublishedAttemptTurnedBack(Engine engine) {
        UnaryOperator<Rows> rule =
                rows -> rows.reject("negative amount", row -> row.decimal("amount").signum() < 0);
        Rows given = rule.apply(orders(order("a", DAY, 1, "1"), order("bad", DAY, 1, "-2.5")));
        Receipt receipt = table(engine).writer(attempt(1)).replaceWindow("day").rows(given);
        assertThat(receipt.rows()).isEqualTo(new RowCounts(2, 1, 1, 0, 1));

        Rows worse = rule.apply(orders(order("x", DAY, 1, "-1"), order("y", DAY, 1, "-1")));
        assertRefused(
                ErrorCode.EMPTY_OVER_DATA,
                () -> table(engine).writer(attempt(2)).replaceWindow("day").rows(worse),
                "allowEmpty()");

        List<String> letters = new ArrayList<>();
        try (Rows dead = table(engine).deadLetter().open(attempt(0))) {
            dead.forEach(
                    row ->
                            letters.add(
                                    row.integer("rejection_position")
                                            + " "
                                            + row.text("rejection_reason")
                                            + " "
                                            + row.text("rejected_row")));
        }
        assertThat(letters)
                .containsExactly(
                        "2 negative amount"
                                + " {\"order_id\":\"bad\",\"day\":\"2001-02-03\","
                                + "\"version\":1,\"amount\":\"-2.5\"}");
    }

    @ParameterizedTest
    @EnumSource
    void aSlowPredecessorDoesNotRemoveWhatItsSuccessorStaged(Engine engine) {
        Rows rejecting =
                orders(order("a", DAY, 1, "1"), order("bad", DAY, 1, "-1"))
                        .reject("negative", row -> row.decimal("amount").signum() < 0);
        FakeBoundary successor =
                attempt(3)
                        .doing(
                                ProtocolStep.STAGED,
                                () -> {
                                    try (Session session =
                                            engine.database(home).reach(attempt(2)).open()) {
                                        Fence fence = new Fence("warehouse/orders", attempt(2));
                                        StagingTable.of(table(engine).name(), attempt(2), ORDERS)
                                                .dropLeftovers(session, false);
                                        new DeadLetterTable(
                                                        session, table(engine).name(), attempt(2))
                                                .removeUnpublished(fence);
                                    } catch (java.sql.SQLException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });

        table(engine).writer(successor).replaceWindow("day").rows(rejecting);

        assertThat(ordersIn(engine)).hasSize(1);
        try (Rows dead = table(engine).deadLetter().open(attempt(0))) {
            assertThat(dead).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oddNamesAreQuoted(Engine engine) {
        Schema odd = Schema.of().text("select").integer("group-by").date("from");
        TableTarget table = engine.database(home).table("order.by-day", odd);
        Row row = odd.row("it's \"quoted\"; DROP TABLE x", 7L, LocalDate.parse(DAY));

        table.writer(attempt(1)).replaceWindow("from").rows(Rows.of(odd, List.of(row)));
        table.writer(attempt(2))
                .mergeOn("select")
                .newestBy("group-by")
                .rows(Rows.of(odd, List.of(row)));

        try (Rows rows = table.open(attempt(0))) {
            assertThat(rows).containsExactly(row);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeComesBackAsItWasAndHashesTheSame(Engine engine) {
        Schema all =
                Schema.of()
                        .date("day")
                        .bool("flag")
                        .integer("whole")
                        .floating("share")
                        .decimal("amount")
                        .text("name")
                        .timestamp("local")
                        .instant("moment");
        LocalDate day = LocalDate.parse(DAY);
        LocalDateTime local = LocalDateTime.parse("2001-02-03T04:05:06.123456789");
        Instant moment = Instant.parse("2001-02-03T23:59:59.000001999Z");
        Row row =
                all.row(
                        day,
                        true,
                        Long.MIN_VALUE,
                        0.1,
                        new BigDecimal("12345678901234567890.05"),
                        "Zürich ✈",
                        local,
                        moment);
        Row nulls = all.row(day, null, null, null, null, null, null, null);
        TableTarget table = engine.database(home).table("everything", all);

        Receipt receipt =
                table.writer(attempt(1))
                        .replaceWindow("day")
                        .rows(Rows.of(all, List.of(row, nulls)));

        ContentHash read = new ContentHash();
        List<Row> back = new ArrayList<>();
        FakeBoundary reader = attempt(0);
        try (Rows rows = table.open(reader)) {
            rows.forEach(
                    found -> {
                        read.add(found);
                        back.add(found);
                    });
        }
        assertThat(back)
                .containsExactlyInAnyOrder(
                        row.with("local", LocalDateTime.parse("2001-02-03T04:05:06.123456"))
                                .with("moment", Instant.parse("2001-02-03T23:59:59.000001Z")),
                        nulls);
        assertThat(read.hex()).isEqualTo(receipt.contentHash());
        assertThat(reader.consumptions())
                .containsExactly(new Consumption(table.name(), DAY, receipt.contentHash(), 2, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aWholeTableIsReplacedOnlyByARunThatOwnsIt(Engine engine) {
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> table(engine).writer(attempt(1)).replaceAll().rows(orders()),
                "replaceWindow");
        Partition all =
                new Partition("all", new Interval(Instant.EPOCH, Instant.EPOCH), FakeBoundary.ZONE);
        table(engine).writer(attempt(1)).replaceWindow("day").rows(orders(order("a", DAY, 1, "1")));

        Boundary whole = new OtherPartition(attempt(2), all);
        table(engine).writer(whole).replaceAll().rows(orders(order("z", "1999-01-01", 1, "1")));

        assertThat(ordersIn(engine)).containsExactly("{order_id=z, version=1}");
    }

    @ParameterizedTest
    @EnumSource
    void aTaskPublishesIntoAPartitionOnce(Engine engine) {
        FakeBoundary once = attempt(1);
        table(engine).writer(once).replaceWindow("day").rows(orders(order("a", DAY, 1, "1")));
        assertRefused(
                ErrorCode.FENCED,
                () ->
                        table(engine)
                                .writer(once)
                                .replaceWindow("day")
                                .rows(orders(order("b", DAY, 1, "1"))),
                "has claimed it already");
    }
}
