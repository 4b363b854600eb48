/**
 * Idempotent, fenced reads and writes, and the evidence they leave.
 *
 * <p>Every target keeps one contract: claim with a token, stage where nobody looks, check, publish
 * at the target's own commit point. A reader sees exactly one attempt's complete output.
 */
@NullMarked
package dev.tidemark.data;

import org.jspecify.annotations.NullMarked;
