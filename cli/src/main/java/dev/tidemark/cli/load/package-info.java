/**
 * Loads the pipeline that a user names: a {@code .java} file, a folder of them, or a jar.
 *
 * <p>Sources are compiled once and kept by their content; the next start hashes them and loads
 * classes, without the compiler.
 */
@NullMarked
package dev.tidemark.cli.load;

import org.jspecify.annotations.NullMarked;
