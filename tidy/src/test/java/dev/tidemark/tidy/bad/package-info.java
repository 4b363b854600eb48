/** Bad on purpose: what the rules must find. It stands for the authoring surface. */
@NullMarked
package dev.tidemark.tidy.bad;

import org.jspecify.annotations.NullMarked;
