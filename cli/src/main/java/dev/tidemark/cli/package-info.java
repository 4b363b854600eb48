/**
 * The command line: what people type, and what they get to read. Each command is a class that says
 * by a {@link dev.tidemark.cli.Syntax} how it is told; what they share is a {@link
 * dev.tidemark.cli.Session}.
 */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;
