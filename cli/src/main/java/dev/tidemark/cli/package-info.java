/**
 * The command line: what people type, and what they get to read. Each command is a class; what they
 * share is a {@link dev.tidemark.cli.Session}.
 */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;
