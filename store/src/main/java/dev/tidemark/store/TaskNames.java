package dev.tidemark.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The names of the tasks of pipelines' versions, those asked for latest at hand: a version never
 * changes. Used by one thread at a time.
 */
final class TaskNames {
    /** Of ten thousand pipelines with ten tasks each; of a pipeline with as many as may be, all. */
    private static final int NAMES_AT_HAND = 100_000;

    private final SequencedMap<PipelineVersion, List<String>> known = new LinkedHashMap<>();

    /** How many names of tasks are at hand. */
    private int atHand;

    /**
     * In the order of the graph; empty for a version that is not registered.
     *
     * @param query selects the names of a pipeline's version
     */
    List<String> of(Sql sql, String query, String pipeline, String version) throws SQLException {
        PipelineVersion key = new PipelineVersion(pipeline, version);
        List<String> names = known.get(key);
        if (names == null) {
            names = sql.list(row -> row.getString(1), query, pipeline, version);
            if (!names.isEmpty()) {
                keep(key, names);
            }
        }
        return names;
    }

    /**
     * Has the names of many versions at hand, in one question for those that are not.
     *
     * @param query selects pipelines, versions and tasks, in the order of the graph, of a list of
     *     pipelines and one of a version of each
     */
    void fetch(Sql sql, String query, Collection<PipelineVersion> wanted) throws SQLException {
        List<PipelineVersion> missing =
                wanted.stream().distinct().filter(it -> !known.containsKey(it)).toList();
        if (missing.isEmpty()) {
            return;
        }
        Map<PipelineVersion, List<String>> found = new LinkedHashMap<>();
        sql.each(
                row ->
                        found.computeIfAbsent(PipelineTable.version(row), _ -> new ArrayList<>())
                                .add(row.getString("task")),
                query,
                missing.stream().map(PipelineVersion::pipeline).toArray(String[]::new),
                missing.stream().map(PipelineVersion::version).toArray(String[]::new));
        found.forEach(this::keep);
    }

    private void keep(PipelineVersion key, List<String> names) {
        known.put(key, names);
        atHand += names.size();
        while (atHand > NAMES_AT_HAND) {
            atHand -= known.pollFirstEntry().getValue().size();
        }
    }
}
