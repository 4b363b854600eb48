package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Change;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.core.Watermarks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where watermarks stand, what is proven ahead of them, and how they came there. */
final class WatermarkTable {
    private static final String PLACE =
            "INSERT INTO watermarks (pipeline, watermark, stands_at, moved_at) VALUES (?, ?, ?, ?)";
    private static final String MOVE =
            """
            UPDATE watermarks SET stands_at = ?, moved_at = ?
            WHERE pipeline = ? AND watermark = ? AND stands_at = ?
            """;
    private static final String PASS =
            """
            DELETE FROM intervals_ahead
            WHERE pipeline = ? AND watermark = ? AND interval_end <= ?
            """;
    private static final String NOTE =
            """
            INSERT INTO watermark_moves (pipeline, watermark, stood_at, stands_at, moved_at, reason)
            VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String AHEAD =
            """
            INSERT INTO intervals_ahead (pipeline, watermark, interval_start, interval_end)
            VALUES (?, ?, ?, ?)
            """;
    private static final String NO_LONGER_AHEAD =
            """
            DELETE FROM intervals_ahead
            WHERE pipeline = ? AND watermark = ? AND interval_start = ? AND interval_end = ?
            """;
    private static final String KNOWN =
            """
            SELECT pipeline FROM watermarks UNION SELECT pipeline FROM intervals_ahead
            """;
    private static final String MOVES =
            """
            SELECT * FROM watermark_moves WHERE pipeline = ? AND watermark = ?
            ORDER BY move DESC LIMIT ?
            """;

    private final Sql sql;
    private final String standing;
    private final String ahead;

    /**
     * @param names see {@link Tables}
     */
    WatermarkTable(Sql sql, String names) {
        this.sql = sql;
        this.standing =
                "SELECT watermarks.* FROM %s JOIN watermarks ON pipeline = it.value"
                        .formatted(names);
        this.ahead =
                "SELECT intervals_ahead.* FROM %s JOIN intervals_ahead ON pipeline = it.value"
                        .formatted(names);
    }

    void apply(Change.OfWatermark change, String at) throws SQLException {
        switch (change) {
            case Change.WatermarkMoved it -> move(it, at);
            case Change.IntervalAhead it -> sql.one(it, AHEAD, values(it, it.interval()));
            case Change.IntervalNoLongerAhead it ->
                    sql.one(it, NO_LONGER_AHEAD, values(it, it.interval()));
        }
    }

    private static Object[] values(Change.OfWatermark it, Interval interval) {
        return new Object[] {
            it.watermark().pipeline(),
            it.watermark().watermark(),
            Instants.text(interval.start()),
            Instants.text(interval.end())
        };
    }

    private void move(Change.WatermarkMoved it, String at) throws SQLException {
        String pipeline = it.watermark().pipeline();
        String watermark = it.watermark().watermark();
        String to = Instants.text(it.to());
        if (it.from().isEmpty()) {
            sql.one(it, PLACE, pipeline, watermark, to, at);
        } else {
            sql.one(it, MOVE, to, at, pipeline, watermark, Instants.text(it.from().get()));
        }
        sql.execute(PASS, pipeline, watermark, to);
        sql.execute(
                NOTE,
                pipeline,
                watermark,
                it.from().map(Instants::text).orElse(null),
                to,
                at,
                it.reason());
    }

    /** Those of all pipelines, by pipeline and name. */
    List<WatermarkView> all() throws SQLException {
        return of(sql.list(row -> row.getString("pipeline"), KNOWN));
    }

    /** Those of some pipelines, by pipeline and name. */
    List<WatermarkView> of(Collection<String> pipelines) throws SQLException {
        String names = Json.texts(pipelines);
        Map<WatermarkKey, Set<Interval>> intervals = new HashMap<>();
        sql.each(
                row ->
                        intervals
                                .computeIfAbsent(key(row), _ -> new HashSet<>())
                                .add(
                                        new Interval(
                                                Instants.read(row, "interval_start"),
                                                Instants.read(row, "interval_end"))),
                ahead,
                names);
        Map<WatermarkKey, Place> places = new HashMap<>();
        sql.each(
                row ->
                        places.put(
                                key(row),
                                new Place(
                                        Instants.read(row, "stands_at"),
                                        Instants.read(row, "moved_at"))),
                standing,
                names);
        Set<WatermarkKey> keys =
                new TreeSet<>(
                        Comparator.comparing(WatermarkKey::pipeline)
                                .thenComparing(WatermarkKey::watermark));
        keys.addAll(intervals.keySet());
        keys.addAll(places.keySet());
        List<WatermarkView> views = new ArrayList<>();
        for (WatermarkKey key : keys) {
            Optional<Place> place = Optional.ofNullable(places.get(key));
            views.add(
                    new WatermarkView(
                            key,
                            new Watermarks.Kept(
                                    place.map(Place::at), intervals.getOrDefault(key, Set.of())),
                            place.map(Place::movedAt)));
        }
        return views;
    }

    private record Place(Instant at, Instant movedAt) {}

    private static WatermarkKey key(ResultSet row) throws SQLException {
        return new WatermarkKey(row.getString("pipeline"), row.getString("watermark"));
    }

    List<WatermarkMove> moves(WatermarkKey key, int limit) throws SQLException {
        return sql.list(WatermarkTable::moved, MOVES, key.pipeline(), key.watermark(), limit);
    }

    private static WatermarkMove moved(ResultSet row) throws SQLException {
        return new WatermarkMove(
                Instants.read(row, "moved_at"),
                new Change.WatermarkMoved(
                        key(row),
                        Instants.readOptional(row, "stood_at"),
                        Instants.read(row, "stands_at"),
                        row.getString("reason")));
    }
}
