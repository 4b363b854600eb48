/**
 * Text for people: tables, units, and the progress of long work. Plain records go in, text comes
 * out; nothing here prints unless it is given a stream.
 */
@NullMarked
package dev.tidemark.cli.show;

import org.jspecify.annotations.NullMarked;
