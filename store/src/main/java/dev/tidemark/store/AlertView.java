package dev.tidemark.store;

import dev.tidemark.core.Alert;
import java.time.Instant;

/**
 * An alert that was raised.
 *
 * @param number counts the alerts of a store, from 1
 */
public record AlertView(long number, Instant at, Alert alert) {}
