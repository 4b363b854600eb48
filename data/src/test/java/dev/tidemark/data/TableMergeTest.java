package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.Receipt;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.data.TableFlights.Engine;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that take the place of those with the same key. */
class TableMergeTest extends TableOrders {
    @ParameterizedTest
    @EnumSource
    void aLaterVersionWinsInWhateverOrderLoadsComeAndAnEqualOneChangesNothing(Engine engine) {
        UnaryOperator<TableWriter> merge = to -> to.mergeOn("order_id").newestBy("version");
        merge.apply(table(engine).writer(attempt(1)))
                .rows(orders(order("a", DAY, 5, "1.50"), order("b", DAY, 1, "2")));
        merge.apply(table(engine).writer(attempt(2)))
                .rows(
                        orders(
                                order("a", DAY, 3, "9"),
                                order("b", DAY, 1, "9"),
                                order("c", DAY, 1, "3")));

        assertThat(read(engine, "SELECT order_id, version, amount FROM orders ORDER BY order_id"))
                .containsExactly(
                        "{order_id=a, version=5, amount=1.5}",
                        "{order_id=b, version=1, amount=2}",
                        "{order_id=c, version=1, amount=3}");
    }

    @ParameterizedTest
    @EnumSource
    void ofRepeatedKeysInALoadTheNewestIsTaken(Engine engine) {
        Receipt receipt =
                table(engine)
                        .writer(attempt(1))
                        .mergeOn("order_id")
                        .newestBy("version")
                        .rows(
                                orders(
                                        order("a", DAY, 1, "1"),
                                        order("a", DAY, 3, "3"),
                                        order("a", DAY, 2, "2")));

        assertThat(ordersIn(engine)).containsExactly("{order_id=a, version=3}");
        assertThat(receipt.rows()).isEqualTo(new RowCounts(3, 3, 0, 0, 1));
        ContentHash newest = new ContentHash();
        newest.add(order("a", DAY, 3, "3"));
        assertThat(receipt.contentHash()).isEqualTo(newest.hex());
    }

    @ParameterizedTest
    @EnumSource
    void withoutAVersionRepeatedKeysAreRefusedByName(Engine engine) {
        assertRefused(
                ErrorCode.CHECK_FAILED,
                () ->
                        table(engine)
                                .writer(attempt(1))
                                .mergeOn("order_id")
                                .rows(orders(order("a", DAY, 1, "1"), order("a", DAY, 2, "1"))),
                "order_id = a in 2 rows",
                "newestBy");
        assertRefused(
                ErrorCode.CHECK_FAILED,
                () ->
                        table(engine)
                                .writer(attempt(2))
                                .mergeOn("order_id")
                                .rows(Rows.of(ORDERS, List.of(ORDERS.row(null, null, 1L, null)))),
                "1 rows have no value in the key");
        assertThat(ordersIn(engine)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keysThatVanishedStayUnlessTheirWindowSaysOtherwise(Engine engine) {
        Row other = order("old", "2001-01-01", 1, "1");
        table(engine)
                .writer(attempt(1))
                .mergeOn("order_id")
                .rows(orders(order("a", DAY, 1, "1"), order("b", DAY, 1, "1"), other));
        table(engine).writer(attempt(2)).mergeOn("order_id").rows(orders(order("a", DAY, 2, "1")));
        assertThat(ordersIn(engine)).hasSize(3);

        table(engine)
                .writer(attempt(3))
                .mergeOn("order_id")
                .deleteMissingWithin("day")
                .rows(orders(order("a", DAY, 3, "1")));

        assertThat(ordersIn(engine))
                .containsExactly("{order_id=a, version=3}", "{order_id=old, version=1}");
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatHasAKeyTwiceIsNotMergedInto(Engine engine) {
        table(engine)
                .writer(attempt(1))
                .replaceWindow("day")
                .rows(orders(order("a", DAY, 1, "1"), order("a", DAY, 2, "1")));
        assertRefused(
                ErrorCode.CHECK_FAILED,
                () ->
                        table(engine)
                                .writer(attempt(2))
                                .mergeOn("order_id")
                                .rows(orders(order("b", DAY, 1, "1"))),
                "the table itself has 1 keys");
    }
}
