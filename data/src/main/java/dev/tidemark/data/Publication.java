package dev.tidemark.data;

/** How staged rows become visible. */
sealed interface Publication permits Replace, Merge, AppendOnce {}
