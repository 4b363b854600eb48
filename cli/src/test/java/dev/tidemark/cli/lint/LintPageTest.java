package dev.tidemark.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That {@code docs/lint.md} explains the rules that there are. */
class LintPageTest {
    private static final Pattern RULE = Pattern.compile("(?m)^### `([a-z-]+)`$");

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "lint.md"));
    }

    @Test
    void everyRuleHasItsSectionInOrder() throws IOException {
        assertThat(RULE.matcher(page()).results().map(rule -> rule.group(1)))
                .containsExactlyElementsOf(Rule.labels());
    }

    @Test
    void everySectionSaysAllThereIsToSay() throws IOException {
        List<String> sections = Pattern.compile("(?m)^#{2,3} ").splitAsStream(page()).toList();
        for (String rule : Rule.labels()) {
            assertThat(sections)
                    .filteredOn(section -> section.startsWith("`" + rule + "`"))
                    .singleElement()
                    .asString()
                    .contains("**Finds.**", "**Why.**", "**Mend.**", "**Silence.**");
        }
    }
}
