/**
 * Rules about what pipelines do that makes a second run of an interval another one. A rule tells
 * only what is certain; {@code docs/lint.md} has a section for each.
 */
@NullMarked
package dev.tidemark.cli.lint;

import org.jspecify.annotations.NullMarked;
