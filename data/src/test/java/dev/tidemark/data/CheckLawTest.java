package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Boundary;
import dev.tidemark.ColumnType;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check knows of two parts of the rows, put together, is what it knows of the whole. */
class CheckLawTest {
    private static final int ROUNDS = 200;
    private static final Schema SCHEMA =
            Schema.of()
                    .integer("delay")
                    .floating("ratio")
                    .decimal("fare")
                    .text("origin")
                    .timestamp("at");
    private static final KeyCounts.Limits SPILLING = new KeyCounts.Limits(2_000, 1 << 20);

    @TempDir static Path home;

    static Stream<RowRule> everyRule() {
        Numbers.Bounds bounds = new Numbers.Bounds(-2, 2);
        return Stream.of(
                        Check.notNull("origin"),
                        Check.type("origin", ColumnType.INTEGER),
                        Check.between("delay", -3, 3),
                        Check.allowed("origin", "A", "B"),
                        Check.matches("origin", "[A-C]"),
                        Check.complete("ratio", 0.9),
                        Check.unique("delay", "origin"),
                        Check.exists("origin", new Letters(), "letter"),
                        Check.meanBetween("ratio", -1, 1),
                        Check.meanBetween("fare", -1, 1),
                        Check.standardDeviationBetween("ratio", 0, 1),
                        Check.quantileBetween("ratio", 0.9, -1, 1),
                        Check.newestWithin("at", Duration.ofHours(2)),
                        new Spilled(new Unique(List.of("ratio"), SPILLING)),
                        new Spilled(new Quantile("ratio", 0.5, bounds, SPILLING)),
                        new Spilled(new Exists("origin", new Letters(), "letter", SPILLING)))
                .map(CheckLawTest::rule);
    }

    /** A rule whose keys do not fit into memory. */
    private record Spilled(RowRule rule) {}

    private static RowRule rule(Object of) {
        return switch (of) {
            case Check check -> (RowRule) check.rule();
            case Spilled spilled -> spilled.rule();
            default -> throw new IllegalArgumentException(of.toString());
        };
    }

    /** Some of the letters that rows have. */
    private record Letters() implements Source<Rows> {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public Rows open(Boundary boundary) {
            Schema schema = Schema.of().text("letter");
            return Rows.of(schema, List.of(schema.row("A"), schema.row("C"), schema.row("A")));
        }
    }

    @ParameterizedTest
    @MethodSource("everyRule")
    void partsMakeTheWhole(RowRule rule) {
        var scope = new RowRule.Scope(FakeBoundary.attempt(home, SampleFlights.DAY, 1), SCHEMA);
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<Row> rows = rows(random);
            int cut = random.nextInt(rows.size() + 1);
            try (RowRule.Tally whole = seen(rule, scope, rows);
                    RowRule.Tally first = seen(rule, scope, rows.subList(0, cut));
                    RowRule.Tally rest = seen(rule, scope, rows.subList(cut, rows.size()))) {
                first.merge(rest);
                assertThat(first.result()).as("seed %s", seed).isEqualTo(whole.result());
            }
        }
    }

    private static RowRule.Tally seen(RowRule rule, RowRule.Scope scope, List<Row> rows) {
        RowRule.Tally tally = rule.begin(scope);
        rows.forEach(tally::see);
        return tally;
    }

    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            rows.add(
                    SCHEMA.row(
                            orNull(random, () -> (long) random.nextInt(-5, 5)),
                            orNull(random, random::nextGaussian),
                            orNull(random, () -> BigDecimal.valueOf(random.nextInt(99), 1)),
                            orNull(random, () -> "" + (char) ('A' + random.nextInt(4))),
                            orNull(
                                    random,
                                    () ->
                                            LocalDateTime.parse("2001-02-03T00:00:00")
                                                    .plusMinutes(random.nextInt(1440)))));
        }
        return rows;
    }

    private static @Nullable Object orNull(Random random, Supplier<Object> value) {
        return random.nextInt(8) == 0 ? null : value.get();
    }
}
