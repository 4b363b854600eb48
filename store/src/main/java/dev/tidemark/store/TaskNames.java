package dev.tidemark.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the tasks of pipelines' versions, those asked for latest at hand: a version never
 * changes. Used by one thread at a time.
 */
final class TaskNames {
    private static final int VERSIONS_AT_HAND = 256;

    private final Map<Version, List<String>> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Version, List<String>> eldest) {
                    return size() > VERSIONS_AT_HAND;
                }
            };

    private record Version(String pipeline, String version) {}

    /**
     * In the order of the graph; empty for a version that is not registered.
     *
     * @param query selects the names of a pipeline's version
     */
    List<String> of(Sql sql, String query, String pipeline, String version) throws SQLException {
        Version key = new Version(pipeline, version);
        List<String> names = known.get(key);
        if (names == null) {
            names = sql.list(row -> row.getString(1), query, pipeline, version);
            if (!names.isEmpty()) {
                known.put(key, names);
            }
        }
        return names;
    }
}
