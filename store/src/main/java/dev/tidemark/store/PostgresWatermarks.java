package dev.tidemark.store;

import static dev.tidemark.store.Volley.texts;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes watermarks to PostgreSQL, many at once. */
final class PostgresWatermarks {
    private static final String PLACE =
            """
            INSERT INTO watermarks (pipeline, watermark, stands_at, moved_at)
            SELECT it.*, ?
            FROM unnest(?::text[], ?::text[], ?::text[]) AS it (pipeline, watermark, stands_at)
            """;
    private static final String MOVE =
            """
            UPDATE watermarks SET stands_at = it.stands_at, moved_at = ?
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                 AS it (pipeline, watermark, stood_at, stands_at)
            WHERE watermarks.pipeline = it.pipeline AND watermarks.watermark = it.watermark
              AND watermarks.stands_at = it.stood_at
            """;
    private static final String PASS =
            """
            DELETE FROM intervals_ahead
            USING unnest(?::text[], ?::text[], ?::text[]) AS it (pipeline, watermark, stands_at)
            WHERE intervals_ahead.pipeline = it.pipeline
              AND intervals_ahead.watermark = it.watermark
              AND intervals_ahead.interval_end <= it.stands_at
            """;
    private static final String NOTE =
            """
            INSERT INTO watermark_moves (pipeline, watermark, stood_at, stands_at, moved_at, reason)
            SELECT pipeline, watermark, stood_at, stands_at, ?, reason
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 AS it (pipeline, watermark, stood_at, stands_at, reason)
            """;
    private static final String AHEAD =
            """
            INSERT INTO intervals_ahead (pipeline, watermark, interval_start, interval_end)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
            """;
    private static final String NO_LONGER_AHEAD =
            """
            DELETE FROM intervals_ahead
            USING unnest(?::text[], ?::text[], ?::text[], ?::text[])
                  AS it (pipeline, watermark, interval_start, interval_end)
            WHERE intervals_ahead.pipeline = it.pipeline
              AND intervals_ahead.watermark = it.watermark
              AND intervals_ahead.interval_start = it.interval_start
              AND intervals_ahead.interval_end = it.interval_end
            """;

    private PostgresWatermarks() {}

    static void ahead(Volley volley, List<Change.IntervalAhead> them) {
        intervals(volley, AHEAD, them, Change.IntervalAhead::interval);
    }

    static void noLongerAhead(Volley volley, List<Change.IntervalNoLongerAhead> them) {
        intervals(volley, NO_LONGER_AHEAD, them, Change.IntervalNoLongerAhead::interval);
    }

    private static <T extends Change.OfWatermark> void intervals(
            Volley volley, String statement, List<T> them, Function<T, Interval> interval) {
        volley.exactly(
                them.size(),
                statement,
                pipelines(them),
                watermarks(them),
                texts(them, it -> Instants.text(interval.apply(it).start())),
                texts(them, it -> Instants.text(interval.apply(it).end())));
    }

    static void move(Volley volley, List<Change.WatermarkMoved> them, String at) {
        List<Change.WatermarkMoved> first =
                them.stream().filter(it -> it.from().isEmpty()).toList();
        if (!first.isEmpty()) {
            volley.exactly(first.size(), PLACE, at, pipelines(first), watermarks(first), to(first));
        }
        List<Change.WatermarkMoved> others =
                them.stream().filter(it -> it.from().isPresent()).toList();
        if (!others.isEmpty()) {
            volley.exactly(
                    others.size(),
                    MOVE,
                    at,
                    pipelines(others),
                    watermarks(others),
                    from(others),
                    to(others));
        }
        volley.add(PASS, pipelines(them), watermarks(them), to(them));
        volley.exactly(
                them.size(),
                NOTE,
                at,
                pipelines(them),
                watermarks(them),
                from(them),
                to(them),
                texts(them, it -> PostgresText.encode(it.reason())));
    }

    private static @Nullable String[] pipelines(List<? extends Change.OfWatermark> them) {
        return texts(them, it -> it.watermark().pipeline());
    }

    private static @Nullable String[] watermarks(List<? extends Change.OfWatermark> them) {
        return texts(them, it -> it.watermark().watermark());
    }

    private static @Nullable String[] from(List<Change.WatermarkMoved> them) {
        return texts(them, it -> it.from().map(Instants::text).orElse(null));
    }

    private static @Nullable String[] to(List<Change.WatermarkMoved> them) {
        return texts(them, it -> Instants.text(it.to()));
    }
}
