/**
 * Follows values through the code of a method, as far as that can be told without running it: texts
 * and what is made of them, and which calls they are given to.
 */
@NullMarked
package dev.tidemark.cli.flow;

import org.jspecify.annotations.NullMarked;
