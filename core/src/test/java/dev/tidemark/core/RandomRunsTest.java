package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Made-up graphs, rules, outcomes and orders. The seed is in the message of every failure. */
final class RandomRunsTest {
    private static final int SEEDS = 200;

    /** What is asked of a play. */
    private interface Question {
        void ask(RandomPlay play);
    }

    private static void forEachSeed(Question question) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomPlay play = RandomPlay.seeded(seed);
            try {
                question.ask(play);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void everyRunEndsAsTheTablesSay() {
        forEachSeed(
                play -> {
                    play.toRest();
                    assertThat(play.turns().state().runs()).isNotEmpty();
                    play.turns().state().runs().forEach(RunOracle::check);
                    play.turns().checkReplay();
                });
    }

    @Test
    void everyRunComesToRestThoughItIsDisturbed() {
        forEachSeed(
                play -> {
                    play.disturbedToRest(6);
                    play.turns()
                            .state()
                            .runs()
                            .forEach(run -> assertThat(run.state().isFinal()).isTrue());
                    play.turns().checkReplay();
                });
    }
}
