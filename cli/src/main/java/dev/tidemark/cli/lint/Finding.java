package dev.tidemark.cli.lint;

import java.util.Comparator;
import java.util.Optional;

/**
 * Something that a rule found.
 *
 * @param place where it stands
 * @param pipeline the pipeline's name
 * @param task the task's name; nothing for what no single task does
 * @param message what was found and what to do, in one line
 */
public record Finding(
        Rule rule, SourcePlace place, String pipeline, Optional<String> task, String message) {
    /** By place, then by rule and task. */
    static final Comparator<Finding> ORDER =
            Comparator.comparing((Finding finding) -> finding.place().file())
                    .thenComparingInt(finding -> finding.place().line())
                    .thenComparing(Finding::rule)
                    .thenComparing(finding -> finding.task().orElse(""))
                    .thenComparing(Finding::message);
}
