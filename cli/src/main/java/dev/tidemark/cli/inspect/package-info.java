/**
 * Reads class files to learn what tasks do outside. Nothing of the author's is executed.
 *
 * <p>It errs on one side: a task is called fenced only where all code that it can reach is seen,
 * and every call that leaves that code is known to be harmless.
 */
@NullMarked
package dev.tidemark.cli.inspect;

import org.jspecify.annotations.NullMarked;
