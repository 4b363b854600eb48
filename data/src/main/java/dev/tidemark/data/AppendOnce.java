package dev.tidemark.data;

/**
 * The staged rows come to those that are there, once for each partition. The manifests are the
 * ledger: which partition was appended is decided in the transaction that appends it.
 */
record AppendOnce() implements Publication {}
