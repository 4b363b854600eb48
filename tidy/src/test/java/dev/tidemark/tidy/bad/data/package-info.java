/** Bad on purpose: what the rules must find. It stands for the room data. */
@NullMarked
package dev.tidemark.tidy.bad.data;

import org.jspecify.annotations.NullMarked;
