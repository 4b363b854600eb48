package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.WatermarkKey;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** What happens to watermarks as JSON. */
final class WatermarkJson {
    static final String MOVED = "watermark_moved";
    static final String AHEAD = "interval_ahead";
    static final String NO_LONGER_AHEAD = "interval_no_longer_ahead";

    private WatermarkJson() {}

    static String kind(Change.OfWatermark change) {
        return switch (change) {
            case Change.WatermarkMoved _ -> MOVED;
            case Change.IntervalAhead _ -> AHEAD;
            case Change.IntervalNoLongerAhead _ -> NO_LONGER_AHEAD;
        };
    }

    static void write(JsonGenerator json, Change.OfWatermark change) {
        write(json, change.watermark());
        switch (change) {
            case Change.WatermarkMoved it -> {
                Json.optional(json, "from", it.from());
                json.writeStringProperty("to", it.to().toString());
                json.writeStringProperty("reason", it.reason());
            }
            case Change.IntervalAhead it -> Json.interval(json, it.interval());
            case Change.IntervalNoLongerAhead it -> Json.interval(json, it.interval());
        }
    }

    private static void write(JsonGenerator json, WatermarkKey key) {
        json.writeStringProperty("pipeline", key.pipeline());
        json.writeStringProperty("watermark", key.watermark());
    }

    static Change read(String kind, JsonObject json) {
        return switch (kind) {
            case MOVED ->
                    new Change.WatermarkMoved(
                            key(json),
                            json.optional("from", Instant::parse),
                            Instant.parse(json.text("to")),
                            json.text("reason"));
            case AHEAD -> new Change.IntervalAhead(key(json), json.interval());
            case NO_LONGER_AHEAD -> new Change.IntervalNoLongerAhead(key(json), json.interval());
            default -> throw JsonObject.unknownKind("change", kind);
        };
    }

    private static WatermarkKey key(JsonObject json) {
        return new WatermarkKey(json.text("pipeline"), json.text("watermark"));
    }

    static void write(JsonGenerator json, Command.SetWatermark it) {
        write(json, it.watermark());
        json.writeStringProperty("to", it.to().toString());
        json.writeStringProperty("reason", it.reason());
    }

    static Command command(JsonObject json) {
        return new Command.SetWatermark(
                key(json), Instant.parse(json.text("to")), json.text("reason"));
    }
}
