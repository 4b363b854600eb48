package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.RowCounts;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the intervals somebody asked for: one entry for each that has a run, oldest first.
 */
record RunReport(List<Entry> entries) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A run, and what it left, in the order in which it was published. */
    record Entry(RunView run, List<ManifestView> manifests) {
        /** Rows that came in: those of the manifest that read most. */
        long read() {
            return rows().stream().mapToLong(RowCounts::read).max().orElse(0);
        }

        long rejected() {
            return rows().stream().mapToLong(RowCounts::rejected).sum();
        }

        /** Rows that came in and neither were rejected nor filtered on their way. */
        long accepted() {
            return read() - rejected() - rows().stream().mapToLong(RowCounts::filtered).sum();
        }

        private List<RowCounts> rows() {
            return manifests.stream()
                    .map(manifest -> manifest.evidence().receipt().rows())
                    .toList();
        }
    }

    static RunReport of(BackfillPlan plan, StoreReader store) {
        List<Interval> intervals = plan.items().stream().map(BackfillPlan.Item::interval).toList();
        Collection<BackfillPlan.Existing> runs =
                store.findRuns(plan.pipeline(), plan.parameters(), intervals).values();
        return new RunReport(
                runs.stream()
                        .map(BackfillPlan.Existing::run)
                        .map(store::run)
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(run -> run.identity().interval().start()))
                        .map(run -> entry(run, store))
                        .toList());
    }

    static Entry entry(RunView run, StoreReader store) {
        List<ManifestView> inOrder =
                store.manifests(run.number()).stream()
                        .sorted(Comparator.comparingLong(ManifestView::token))
                        .toList();
        return new Entry(run, inOrder);
    }

    /** The documented JSON object, as text: with all tasks, however many there are. */
    String json(StoreReader store) {
        ObjectNode root = JSON.objectNode();
        ArrayNode runs = root.putArray("runs");
        entries.forEach(entry -> runs.add(json(entry, store)));
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static ObjectNode json(Entry entry, StoreReader store) {
        ObjectNode json = JSON.objectNode();
        RunView run = entry.run();
        json.put("run_id", run.name());
        json.put("pipeline", run.pipeline());
        json.putObject("interval")
                .put("start", run.identity().interval().start().toString())
                .put("end", run.identity().interval().end().toString());
        json.put("state", word(run.state()));
        ArrayNode tasks = json.putArray("tasks");
        store.tasks(run.number()).forEach(task -> json(tasks.addObject(), task));
        ArrayNode manifests = json.putArray("manifests");
        for (ManifestView manifest : entry.manifests()) {
            RowCounts rows = manifest.evidence().receipt().rows();
            ObjectNode one = manifests.addObject();
            one.put("asset", manifest.asset()).put("partition", manifest.partition());
            one.putObject("rows")
                    .put("read", rows.read())
                    .put("accepted", rows.accepted())
                    .put("rejected", rows.rejected())
                    .put("filtered", rows.filtered())
                    .put("published", rows.published());
            one.put("content_hash", manifest.evidence().receipt().contentHash());
            one.set("checks", CheckLines.checks(manifest));
        }
        return json;
    }

    /** Says of a task instance what is always said. */
    static ObjectNode json(ObjectNode json, TaskView task) {
        return json.put("task", task.task().label())
                .put("state", word(task.state()))
                .put("attempts", task.tally().attempts());
    }

    /** A state as people and JSON write it: {@code upstream_failed}. */
    static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** A run that is not over, in a home that no process has, was interrupted. */
    static String state(RunView run, boolean live) {
        String word = word(run.state());
        return run.state().isFinal() || live ? word : word + " (interrupted)";
    }
}
