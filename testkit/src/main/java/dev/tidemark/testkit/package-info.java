/** Proofs about pipelines: that running twice is running once, and that no crash changes that. */
@NullMarked
package dev.tidemark.testkit;

import org.jspecify.annotations.NullMarked;
