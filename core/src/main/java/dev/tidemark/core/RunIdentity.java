package dev.tidemark.core;

import dev.tidemark.Interval;
import java.util.Map;

/**
 * What makes a run the run it is. There is at most one run for each pipeline, interval and set of
 * parameters that differ from their defaults.
 *
 * @param pipeline the pipeline's name
 * @param name the run's text id, unique in its pipeline: {@code backfill__2001-02-03T05:00:00Z}
 * @param interval the time it covers
 * @param parameters those that differ from their defaults, in canonical form, by name
 */
public record RunIdentity(
        String pipeline, String name, Interval interval, Map<String, String> parameters) {
    public RunIdentity {
        parameters = Map.copyOf(parameters);
    }
}
