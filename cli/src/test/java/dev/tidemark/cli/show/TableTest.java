package dev.tidemark.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Terminal UNICODE = new Terminal(80, Set.of(Terminal.Ability.UNICODE));
    private static final Table RUNS =
            new Table(
                    List.of(
                            Column.text("pipeline"),
                            Column.number("rows"),
                            Column.text("state"),
                            Column.text("note")),
                    List.of(
                            row("flights", "4,711", "succeeded", ""),
                            row("weather in Zürich", "12", "failed", "no such file: a.csv")));

    @Test
    void columnsAreAlignedAndNumbersStandRight() {
        assertThat(RUNS.render(UNICODE))
                .isEqualTo(
                        """
                        pipeline            rows  state      note
                        ─────────────────  ─────  ─────────  ───────────────────
                        flights            4,711  succeeded
                        weather in Zürich     12  failed     no such file: a.csv
                        """);
    }

    @Test
    void aPipeGetsPlainAsciiAndIsNeverCut() {
        Table wide =
                new Table(
                        List.of(Column.text("what"), Column.number("n")),
                        List.of(row("x".repeat(300), "1")));

        assertThat(wide.render(Terminal.PLAIN))
                .isEqualTo(
                        "what"
                                + " ".repeat(298)
                                + "n\n"
                                + "-".repeat(300)
                                + "  -\n"
                                + "x".repeat(300)
                                + "  1\n")
                .matches("\\p{ASCII}*");
    }

    @Test
    void onANarrowTerminalTextIsCutAndNumbersAreNot() {
        Terminal narrow = new Terminal(40, Set.of(Terminal.Ability.UNICODE));

        assertThat(RUNS.render(narrow))
                .isEqualTo(
                        """
                        pipeline     rows  state      note
                        ──────────  ─────  ─────────  ──────────
                        flights     4,711  succeeded
                        weather i…     12  failed     no such f…
                        """);
    }

    @Test
    void withoutUnicodeTheCutIsShownByDots() {
        assertThat(RUNS.render(new Terminal(40, Set.of()))).contains("weather...     12  failed");
    }

    @Test
    void wideAndJoinedCharactersTakeTheColumnsTheyTake() {
        Table names =
                new Table(
                        List.of(Column.text("name"), Column.text("x")),
                        List.of(row("東京", "1"), row("e\u0301te\u0301", "2"), row("🚀", "3")));

        assertThat(names.render(UNICODE))
                .isEqualTo("name  x\n────  ─\n東京  1\ne\u0301te\u0301   2\n🚀    3\n");
    }

    @Test
    void toneIsColourWhereThereIsColour() {
        Table states =
                new Table(
                        List.of(Column.text("state"), Column.number("n")),
                        List.of(List.of(new Cell("failed", Tone.BAD), Cell.of("1"))));
        Terminal colours = new Terminal(80, Set.of(Terminal.Ability.COLOUR));

        assertThat(states.render(colours)).contains("\u001b[31mfailed\u001b[0m  1\n");
        assertThat(states.render(UNICODE)).contains("failed  1\n").doesNotContain("\u001b");
    }

    @Test
    void whatComesFromDataCannotSteerTheTerminal() {
        Table evil =
                new Table(List.of(Column.text("a")), List.of(row("\u001b[2Jtwo\nlines\tand\r")));

        assertThat(evil.render(UNICODE)).endsWith("\n?[2Jtwo lines and?\n");
    }

    @Test
    void withoutRowsThereIsTheHeader() {
        Table empty = new Table(List.of(Column.text("a"), Column.text("b")), List.of());

        assertThat(empty.render(Terminal.PLAIN)).isEqualTo("a  b\n-  -\n");
    }

    @Test
    void aRowThatDoesNotFitTheColumnsIsAMistake() {
        assertThatThrownBy(() -> new Table(List.of(Column.text("a")), List.of(row("1", "2"))))
                .hasMessage("a row of 2 cells under 1 columns");
    }

    private static List<Cell> row(String... texts) {
        return List.of(texts).stream().map(Cell::of).toList();
    }
}
