/**
 * Style and architecture as tests. A rule that is broken names the class or the line, and each rule
 * is shown to bite on something bad: classes in {@code bad}, or a few lines of text.
 */
@NullMarked
package dev.tidemark.tidy;

import org.jspecify.annotations.NullMarked;
