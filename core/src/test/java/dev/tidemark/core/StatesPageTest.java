package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/states.md} is drawn from the tables. {@code -Dtidemark.write-docs=true} draws it. */
final class StatesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "states.md");

    @Test
    void thePageOfStatesIsDrawnFromTheTables() throws IOException {
        if (Boolean.getBoolean("tidemark.write-docs")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE))
                .as("run the tests with -Dtidemark.write-docs=true to draw it anew")
                .isEqualTo(page());
    }

    private static String page() {
        List<String> lines = new ArrayList<>();
        lines.add("# States");
        lines.add("");
        lines.add(
                "Drawn from `TaskTransitions`, `RunTransitions` and `BackfillTransitions` by a"
                        + " test; not to be edited.");
        lines.add("What is not drawn here does not happen: history holds only these steps.");
        lines.add("");
        lines.add("## A task instance");
        lines.add("");
        lines.add("```mermaid");
        lines.add("stateDiagram-v2");
        lines.add("    [*] --> " + name(TaskState.WAITING));
        TaskTransitions.ALL.forEach(
                way -> lines.add(arrow(way.from(), way.to(), name(way.signal()))));
        Arrays.stream(TaskState.values())
                .filter(TaskState::isFinal)
                .forEach(state -> lines.add("    " + name(state) + " --> [*]"));
        lines.add("```");
        lines.add("");
        lines.add("## A run");
        lines.add("");
        lines.add("```mermaid");
        lines.add("stateDiagram-v2");
        lines.add("    [*] --> " + name(RunState.QUEUED));
        RunTransitions.ALL.forEach(
                way ->
                        lines.add(
                                arrow(
                                        way.from(),
                                        way.to(),
                                        way.signal().toLowerCase(Locale.ROOT))));
        Arrays.stream(RunState.values())
                .filter(RunState::isFinal)
                .forEach(state -> lines.add("    " + name(state) + " --> [*]"));
        lines.add("```");
        lines.add("");
        lines.add("## A backfill");
        lines.add("");
        lines.add("```mermaid");
        lines.add("stateDiagram-v2");
        lines.add("    [*] --> " + name(BackfillState.RUNNING));
        BackfillTransitions.ALL.forEach(
                way ->
                        lines.add(
                                arrow(
                                        way.from(),
                                        way.to(),
                                        way.signal().toLowerCase(Locale.ROOT))));
        Arrays.stream(BackfillState.values())
                .filter(BackfillState::isFinal)
                .forEach(state -> lines.add("    " + name(state) + " --> [*]"));
        lines.add("```");
        lines.add("");
        return String.join("\n", lines);
    }

    private static String arrow(Enum<?> from, Enum<?> to, String signal) {
        return "    " + name(from) + " --> " + name(to) + " : " + signal;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
