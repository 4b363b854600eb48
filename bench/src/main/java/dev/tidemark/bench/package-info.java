/**
 * How fast Tidemark is: each figure beside what the bare store can do in the same run, and beside
 * peers that can do the same work. Nothing depends on this.
 */
@NullMarked
package dev.tidemark.bench;

import org.jspecify.annotations.NullMarked;
