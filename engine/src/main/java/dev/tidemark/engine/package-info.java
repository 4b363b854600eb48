/**
 * The one loop: drain what arrived, decide, commit, act. Also the clock, the timers, and the
 * executor that runs attempts in this process.
 *
 * <p>{@link dev.tidemark.engine.Engine} is the door; {@link dev.tidemark.engine.Loop} is the loop.
 */
@NullMarked
package dev.tidemark.engine;

import org.jspecify.annotations.NullMarked;
