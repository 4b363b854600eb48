/** Bad on purpose: what the rules must find. It stands for the room store. */
@NullMarked
package dev.tidemark.tidy.bad.store;

import org.jspecify.annotations.NullMarked;
