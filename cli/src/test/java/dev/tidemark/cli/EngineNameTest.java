package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineNameTest {
    private static final String HERE = Long.toString(ProcessHandle.current().pid());

    /** The name that an engine of another process would have on this very system. */
    private static String ofProcess(long pid) {
        return EngineName.ofServer().replaceFirst(" " + HERE + " ", " " + pid + " ");
    }

    private static long endedProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void noTwoAreAlikeAndServersAreKnown() {
        assertThat(EngineName.ofServer()).isNotEqualTo(EngineName.ofServer()).contains(HERE);
        assertThat(EngineName.isServer(EngineName.ofServer())).isTrue();
        assertThat(EngineName.isServer(EngineName.ofCommand())).isFalse();
        assertThat(EngineName.isServer("the home's")).isFalse();
    }

    @Test
    void anEngineOfThisSystemWhoseProcessEndedIsGone() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/ns/pid")), "only Linux can tell");
        long ended = endedProcess();

        assertThat(EngineName.isGone(ofProcess(ended))).isTrue();
        assertThat(EngineName.isGone(EngineName.ofServer())).isFalse();
    }

    @Test
    void ofEnginesElsewhereNothingIsKnown() throws Exception {
        String elsewhere = ofProcess(endedProcess()).replaceFirst(" in \\w+$", " in 00000000");

        assertThat(EngineName.isGone(elsewhere)).isFalse();
        assertThat(EngineName.isGone("the home's")).isFalse();
        assertThat(EngineName.isGone("server 1 on host")).isFalse();
    }
}
