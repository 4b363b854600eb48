package dev.tidemark.store;

import dev.tidemark.Pool;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.PoolLimit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Pools, and what tasks need of them, as JSON. What says nothing is left out. */
final class PoolJson {
    private static final String STARTS = "starts_per_minute";

    private PoolJson() {}

    static void write(JsonGenerator json, PoolLimit limit) {
        json.writeStringProperty("pool", limit.pool());
        json.writeNumberProperty("slots", limit.slots());
        limit.startsPerMinute().ifPresent(most -> json.writeNumberProperty(STARTS, most));
    }

    static PoolLimit limit(JsonObject json) {
        return new PoolLimit(
                json.text("pool"),
                json.integer("slots"),
                json.has(STARTS) ? OptionalInt.of(json.integer(STARTS)) : OptionalInt.empty());
    }

    static void write(JsonGenerator json, TaskDefinition.Limits limits) {
        limits.pool()
                .ifPresent(
                        pool ->
                                Json.object(
                                        json,
                                        "pool",
                                        () -> {
                                            json.writeStringProperty("name", pool.name());
                                            json.writeNumberProperty("weight", pool.weight());
                                            Json.optional(json, "per", pool.per());
                                        }));
        if (limits.priority() != 0) {
            json.writeNumberProperty("priority", limits.priority());
        }
    }

    static TaskDefinition.Limits limits(JsonObject json) {
        return new TaskDefinition.Limits(
                json.has("pool") ? Optional.of(pool(json.object("pool"))) : Optional.empty(),
                json.has("priority") ? json.integer("priority") : 0);
    }

    private static Pool pool(JsonObject json) {
        return new Pool(
                json.text("name"),
                json.integer("weight"),
                json.optional("per", Function.identity()));
    }
}
