package dev.tidemark.bench;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Shows the results of one bench: as a table for people, or as one JSON object a line.
 *
 * @param store the kind of store, and its version
 */
record Report(Instant date, Machine machine, String kind, String store, Probe probe) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** One line of text. */
    String text(Line line) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-28s %-10s ", line.name(), kind));
        text.append(String.format(Locale.ROOT, "%-28s", spread(line.ours())));
        text.append(' ').append(line.unit());
        line.beside()
                .baseline()
                .ifPresent(
                        bare ->
                                text.append("; bare ")
                                        .append(spread(bare))
                                        .append(", ratio ")
                                        .append(rounded(line.ratio().orElseThrow())));
        new TreeMap<>(line.beside().peers())
                .forEach(
                        (name, peer) ->
                                text.append("; ").append(name).append(' ').append(spread(peer)));
        line.costs()
                .commitsPerTask()
                .ifPresent(commits -> text.append("; commits/task ").append(rounded(commits)));
        line.costs()
                .syncsPerTask()
                .ifPresent(syncs -> text.append("; fsyncs/task ").append(rounded(syncs)));
        if (!probe.isGood()) {
            text.append("; DOES NOT COUNT");
        }
        return text.toString();
    }

    /** What the disk did, and where all this was. */
    String circumstances() {
        return String.format(
                Locale.ROOT,
                "%s, %s; %d cores, %d MiB (heap %d), %s, %s; fsync probe %.0f/s before, %.0f/s"
                        + " after%s",
                date,
                store,
                machine.cores(),
                machine.memoryMib(),
                machine.heapMib(),
                machine.kernel(),
                machine.jdk(),
                probe.before(),
                probe.after(),
                probe.isGood() ? "" : ": the disk was too slow or too uneven, this does not count");
    }

    private static String spread(Spread spread) {
        return spread.rounds() == 1
                ? rounded(spread.median())
                : rounded(spread.median())
                        + " ("
                        + rounded(spread.least())
                        + "–"
                        + rounded(spread.most())
                        + ")";
    }

    /** Three digits that say something. */
    static String rounded(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.4f", value);
    }

    /** One JSON object. What is not known is not there. */
    String json(Line line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("name", line.name());
            json.writeStringProperty("store", kind);
            json.writeStringProperty("store_version", store);
            json.writeStringProperty("unit", line.unit());
            spread(json, "ours", line.ours());
            line.beside().baseline().ifPresent(bare -> spread(json, "baseline", bare));
            line.ratio().ifPresent(ratio -> json.writeNumberProperty("ratio", ratio));
            json.writeName("peers");
            json.writeStartObject();
            for (Map.Entry<String, Spread> peer : new TreeMap<>(line.beside().peers()).entrySet()) {
                spread(json, peer.getKey(), peer.getValue());
            }
            json.writeEndObject();
            line.costs()
                    .commitsPerTask()
                    .ifPresent(count -> json.writeNumberProperty("commits_per_task", count));
            line.costs()
                    .syncsPerTask()
                    .ifPresent(count -> json.writeNumberProperty("fsyncs_per_task", count));
            circumstances(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void circumstances(JsonGenerator json) {
        json.writeBooleanProperty("counts", probe.isGood());
        json.writeNumberProperty("fsync_probe_before", probe.before());
        json.writeNumberProperty("fsync_probe_after", probe.after());
        json.writeStringProperty("date", date.toString());
        json.writeName("machine");
        json.writeStartObject();
        json.writeNumberProperty("cores", machine.cores());
        json.writeNumberProperty("memory_mib", machine.memoryMib());
        json.writeNumberProperty("heap_mib", machine.heapMib());
        json.writeStringProperty("kernel", machine.kernel());
        json.writeStringProperty("jdk", machine.jdk());
        json.writeEndObject();
    }

    private static void spread(JsonGenerator json, String name, Spread spread) {
        json.writeName(name);
        json.writeStartObject();
        json.writeNumberProperty("median", spread.median());
        json.writeNumberProperty("least", spread.least());
        json.writeNumberProperty("most", spread.most());
        json.writeNumberProperty("rounds", spread.rounds());
        json.writeEndObject();
    }
}
