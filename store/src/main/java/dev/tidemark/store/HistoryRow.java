package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * A row of the history in an SQL store: one change, or what one turn did to the tasks of one run. A
 * row costs more than a change in it, and a turn may end a thousand attempts of a run.
 *
 * @param seq that of its last change
 * @param run 0 for none
 * @param backfill 0 for none
 */
record HistoryRow(long seq, long run, long backfill, String kind, String payload) {
    /** The kind of a row that holds several changes. */
    static final String TASK_CHANGES = "task_changes";

    private static final String CHANGES = "changes";
    private static final String KIND = "kind";

    /** A row is read as a whole: it must not become large beside the memory of a program. */
    private static final int ENOUGH_CHARACTERS = 256 * 1024;

    /**
     * The rows of a turn. What happens to tasks of different runs in one turn has no order; all
     * else stays in its.
     *
     * @param last the number of the last change before
     */
    static List<HistoryRow> of(long last, List<Change> changes, Instant at) {
        List<HistoryRow> rows = new ArrayList<>();
        long seq = last;
        for (Together each : gather(changes)) {
            seq = each.write(seq, at, rows);
        }
        return rows;
    }

    /** The changes of a turn in the order of its history. */
    static List<Change> inOrder(List<Change> changes) {
        return gather(changes).stream().flatMap(each -> each.changes().stream()).toList();
    }

    private static List<Together> gather(List<Change> changes) {
        List<Together> gathered = new ArrayList<>();
        Map<Long, Together> open = new HashMap<>();
        for (Change change : changes) {
            ChangeOwner owner = ChangeOwner.of(change);
            if (ChangeJson.isOfTask(change)) {
                open.computeIfAbsent(owner.run(), _ -> begin(gathered, owner)).add(change);
            } else {
                open.remove(owner.run());
                begin(gathered, owner).add(change);
            }
        }
        return gathered;
    }

    private static Together begin(List<Together> gathered, ChangeOwner owner) {
        Together together = new Together(owner, new ArrayList<>());
        gathered.add(together);
        return together;
    }

    /** Changes that are kept together. */
    private record Together(ChangeOwner owner, List<Change> changes) {
        private void add(Change change) {
            changes.add(change);
        }

        /** Returns the number of the last change. */
        private long write(long last, Instant at, List<HistoryRow> rows) {
            Change first = changes.getFirst();
            if (!ChangeJson.isOfTask(first)) {
                rows.add(row(last + 1, ChangeJson.kind(first), ChangeJson.payload(first, at)));
                return last + 1;
            }
            long seq = last;
            for (int next = 0; next < changes.size(); ) {
                StringWriter text = new StringWriter();
                try (JsonGenerator json = Json.generator(text)) {
                    json.writeStartObject();
                    json.writeName(CHANGES);
                    json.writeStartArray();
                    for (; next < changes.size() && !isEnough(text); next++) {
                        Change change = changes.get(next);
                        json.writeStartObject();
                        json.writeStringProperty(KIND, ChangeJson.kind(change));
                        ChangeJson.write(json, change, at);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }
                seq = last + next;
                rows.add(row(seq, TASK_CHANGES, text.toString()));
            }
            return seq;
        }

        private static boolean isEnough(StringWriter text) {
            return text.getBuffer().length() > ENOUGH_CHARACTERS;
        }

        private HistoryRow row(long seq, String kind, String payload) {
            return new HistoryRow(seq, owner.run(), owner.backfill(), kind, payload);
        }
    }

    /**
     * Reads the changes of a row, in their order. Rows of one change to a task are those of earlier
     * versions.
     */
    static void read(long seq, Instant at, String kind, String payload, Consumer<Recorded> reader) {
        JsonObject json = JsonObject.parse(payload);
        if (!kind.equals(TASK_CHANGES)) {
            reader.accept(new Recorded(seq, at, ChangeJson.read(kind, json, at)));
            return;
        }
        List<JsonObject> changes = json.objects(CHANGES);
        long next = seq - changes.size();
        for (JsonObject change : changes) {
            next++;
            reader.accept(new Recorded(next, at, ChangeJson.read(change.text(KIND), change, at)));
        }
    }
}
