package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows between programs: which classes a start loads, and starts at the same time. */
class ProcessesTest {
    private static final List<String> PLAIN = List.of("-XX:TieredStopAtLevel=1");

    @TempDir Path temp;
    private Desk desk;
    private Path flights;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
        flights = desk.write("Flights.java", Desk.pipeline("Flights", "flights"));
    }

    @Test
    void theSecondStartLoadsNothingOfTheCompiler() throws Exception {
        List<String> watched = List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load");
        String first = OtherProcess.outputOf(OtherProcess.start(watched, flights, desk.cache));
        String second = OtherProcess.outputOf(OtherProcess.start(watched, flights, desk.cache));

        assertThat(first).contains("javax.tools.", "com.sun.tools.javac.").contains("flights ");
        assertThat(second)
                .doesNotContain("javax.tools.", "com.sun.tools.javac.")
                .contains("flights ");
    }

    @Test
    void programsThatStartTogetherShareOneEntry() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(OtherProcess.start(PLAIN, flights, desk.cache));
        }
        List<String> outputs = new ArrayList<>();
        for (Process process : processes) {
            outputs.add(OtherProcess.outputOf(process));
        }

        assertThat(outputs).allMatch(output -> output.startsWith("flights "));
        assertThat(outputs.stream().distinct()).hasSize(1);
        try (Stream<Path> entries = Files.list(desk.cache)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void aProgramKilledWhileItWritesHarmsNobody() throws Exception {
        Process victim = OtherProcess.start(PLAIN, flights, desk.cache);
        while (victim.isAlive() && !isWriting()) {
            Thread.onSpinWait();
        }
        victim.destroyForcibly().waitFor();

        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
        assertThat(OtherProcess.outputOf(OtherProcess.start(PLAIN, flights, desk.cache)))
                .startsWith("flights ");
    }

    private boolean isWriting() throws Exception {
        if (!Files.isDirectory(desk.cache)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(desk.cache)) {
            return entries.anyMatch(
                    each -> each.getFileName().toString().startsWith(Cache.WRITING));
        }
    }
}
