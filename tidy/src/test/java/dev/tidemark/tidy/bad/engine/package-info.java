/** Bad on purpose: what the rules must find. It stands for the room engine. */
@NullMarked
package dev.tidemark.tidy.bad.engine;

import org.jspecify.annotations.NullMarked;
