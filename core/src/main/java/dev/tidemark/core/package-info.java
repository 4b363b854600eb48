/**
 * Decisions: what happens next, given what is so and what happened.
 *
 * <p>{@link dev.tidemark.core.Decider#decide} looks at a {@link dev.tidemark.core.State} and an
 * {@link dev.tidemark.core.Event} and gives {@link dev.tidemark.core.Change}s, which are facts to
 * keep, and {@link dev.tidemark.core.Effect}s, which are things to do once the facts are kept. The
 * state is nothing but the fold of all changes.
 */
@NullMarked
package dev.tidemark.core;

import org.jspecify.annotations.NullMarked;
