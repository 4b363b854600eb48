/** Bad on purpose: what the rules must find. It stands for the room cli. */
@NullMarked
package dev.tidemark.tidy.bad.cli;

import org.jspecify.annotations.NullMarked;
