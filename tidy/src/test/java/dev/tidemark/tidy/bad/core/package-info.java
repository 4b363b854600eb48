/** Bad on purpose: what the rules must find. It stands for the room core. */
@NullMarked
package dev.tidemark.tidy.bad.core;

import org.jspecify.annotations.NullMarked;
