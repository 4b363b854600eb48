package dev.tidemark.cli.show;

import static dev.tidemark.cli.show.Terminal.Ability.COLOUR;
import static dev.tidemark.cli.show.Terminal.Ability.REDRAW;
import static dev.tidemark.cli.show.Terminal.Ability.UNICODE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
    @TempDir Path temp;

    @Test
    void aPipeIsPlainWhateverTheEnvironmentSays() {
        assertThat(Terminal.of(Map.of("COLUMNS", "40"), "UTF-8", () -> false, () -> 100))
                .isEqualTo(Terminal.PLAIN);
    }

    @Test
    void aTerminalCanAllItIsNotDenied() {
        assertThat(on(Map.of(), "UTF-8").abilities())
                .containsExactlyInAnyOrder(UNICODE, COLOUR, REDRAW);
        assertThat(on(Map.of(), "ISO-8859-1").abilities())
                .containsExactlyInAnyOrder(COLOUR, REDRAW);
        assertThat(on(Map.of("NO_COLOR", "1"), "UTF-8").abilities())
                .containsExactlyInAnyOrder(UNICODE, REDRAW);
        assertThat(on(Map.of("NO_COLOR", ""), "UTF-8").can(COLOUR)).isTrue();
        assertThat(on(Map.of("TERM", "dumb"), "UTF-8").abilities()).containsExactly(UNICODE);
    }

    @Test
    void theWidthIsTheEnvironmentsOrElseTheDevices() {
        assertThat(on(Map.of("COLUMNS", "132"), "").columns()).isEqualTo(132);
        assertThat(on(Map.of("COLUMNS", "wide"), "").columns()).isEqualTo(100);
        assertThat(on(Map.of("COLUMNS", "0"), "").columns()).isEqualTo(100);
        assertThat(on(Map.of("COLUMNS", "3"), "").columns()).isEqualTo(Terminal.MIN_COLUMNS);
        assertThat(on(Map.of(), "").columns()).isEqualTo(100);
    }

    @Test
    void theDevicesAnswerIsRowsAndColumns() {
        assertThat(TerminalDevice.columnsIn("24 117\n", 80)).isEqualTo(117);
        assertThat(TerminalDevice.columnsIn("0 0\n", 80)).isEqualTo(80);
        assertThat(TerminalDevice.columnsIn("", 80)).isEqualTo(80);
    }

    @Test
    void aDescriptorThatLeadsToAFileIsNoTerminal() throws IOException {
        Path file = Files.createSymbolicLink(temp.resolve("1"), Path.of("/tmp/out.txt"));
        Path terminal = Files.createSymbolicLink(temp.resolve("2"), Path.of("/dev/pts/3"));

        assertThat(TerminalDevice.isTerminal(file)).isFalse();
        assertThat(TerminalDevice.isTerminal(terminal)).isTrue();
    }

    private static Terminal on(Map<String, String> environment, String encoding) {
        return Terminal.of(environment, encoding, () -> true, () -> 100);
    }
}
