package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A table of orders in either database, for tests of what it takes and refuses. */
abstract class TableOrders {
    static final String DAY = "2001-02-03";
    static final Schema ORDERS =
            Schema.of().text("order_id").date("day").integer("version").decimal("amount");

    @TempDir Path home;

    FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, DAY, token);
    }

    static Row order(String id, String day, long version, String amount) {
        return ORDERS.row(id, LocalDate.parse(day), version, new BigDecimal(amount));
    }

    static Rows orders(Row... rows) {
        return Rows.of(ORDERS, List.of(rows));
    }

    List<String> read(Engine engine, String sql) {
        List<String> read = new ArrayList<>();
        try (Rows rows = engine.database(home).query("look", sql).open(attempt(0))) {
            rows.forEach(row -> read.add(row.toString()));
        }
        return read;
    }

    List<String> ordersIn(Engine engine) {
        return read(engine, "SELECT order_id, version FROM orders ORDER BY order_id");
    }

    TableTarget table(Engine engine) {
        return engine.database(home).table("orders", ORDERS);
    }

    static void assertRefused(ErrorCode code, Runnable publish, String... words) {
        TidemarkException refused = catchThrowableOfType(TidemarkException.class, publish::run);
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused).hasMessageContainingAll(words);
    }
}
