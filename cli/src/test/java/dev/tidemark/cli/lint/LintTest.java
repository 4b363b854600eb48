package dev.tidemark.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What each rule finds, and where; and what it leaves alone. */
class LintTest {
    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @FieldSource({
        "dev.tidemark.cli.lint.ClockCases#ALL",
        "dev.tidemark.cli.lint.WriteCases#ALL",
        "dev.tidemark.cli.lint.QueryCases#ALL"
    })
    void exactlyTheMarkedLinesAreFound(LintCase pipeline) throws IOException {
        Linted linted = Linted.of(folder, pipeline.declaration(), pipeline.members());

        assertThat(linted.found())
                .as(() -> linted.findings() + "\n" + linted.source())
                .containsExactlyInAnyOrderElementsOf(linted.expected());
    }
}
