package dev.tidemark.simulation;

import java.util.Map;

/**
 * How a simulation went that found nothing.
 *
 * @param lines how many things happened
 * @param hash of all of them, in order
 * @param faults how often each kind of fault happened
 * @param changes how often each kind of change was kept
 */
record Report(
        long seed,
        int lines,
        String hash,
        Map<Fault, Integer> faults,
        Map<String, Integer> changes) {}
