package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What attempts are told of the place where they run. */
class WorkplaceTest {
    @TempDir Path folder;

    private Workplace heardBy(Steps steps) {
        return new Workplace(Home.at(folder), InstantSource.system(), steps, false);
    }

    @Test
    void attemptsAreAnExperimentWhereSomebodyListensToTheirSteps() {
        assertThat(heardBy((task, step, asset) -> {}).isExperiment()).isTrue();
        assertThat(heardBy(Steps.UNHEARD).isExperiment()).isFalse();
    }
}
