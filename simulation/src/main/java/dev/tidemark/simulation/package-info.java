/**
 * Engines over a store in memory, on virtual time, with everything that can go wrong: one seed
 * decides all of it, and after every commit everything is checked that must always hold.
 */
@NullMarked
package dev.tidemark.simulation;

import org.jspecify.annotations.NullMarked;
