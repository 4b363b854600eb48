package dev.tidemark.store;

import static dev.tidemark.store.Samples.key;
import static dev.tidemark.store.Samples.succeededWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.TaskState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text comes back as it went in, whatever it is. */
interface OddTextContract extends ARun {
    int RESULT_CHARACTERS = 64 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"a\": [1, 2.5e300, \"\\u0000\"]}",
                Samples.ODD_TEXT,
                Samples.LONE_SURROGATE,
                "\uDC00\uD800"
            })
    default void aTasksResultComesBackAsItWas(String result) {
        assertResultIsKept(result);
    }

    @org.junit.jupiter.api.Test
    default void aLargeResultComesBackAsItWas() {
        assertResultIsKept("\"" + "ü🌊".repeat(RESULT_CHARACTERS / 3) + "\"");
    }

    private void assertResultIsKept(String result) {
        givenARun();
        Change ended =
                new Change.AttemptEnded(
                        key(1, "list"),
                        1,
                        TaskState.SUCCEEDED,
                        succeededWith(result),
                        Samples.NOON);
        commit(new Change.AttemptStarted(key(1, "list"), 1, 1), ended);

        assertThat(reopened().history(1).getLast().change()).isEqualTo(ended);
    }

    @org.junit.jupiter.api.Test
    default void messagesNamesAndParametersComeBackAsTheyWere() {
        RunIdentity odd =
                new RunIdentity(
                        "flights",
                        "manual__" + Samples.ODD_TEXT,
                        Samples.day(0),
                        Map.of("note", Samples.ODD_TEXT, "half", Samples.LONE_SURROGATE));
        commit(
                new Change.PipelineRegistered("v1", FLIGHTS),
                new Change.RunCreated(1, odd, "v1", 0),
                new Change.AttemptStarted(key(1, "list"), 1, 1),
                new Change.AttemptEnded(
                        key(1, "list"),
                        1,
                        TaskState.SKIPPED,
                        new Outcome.Skipped(Samples.ODD_TEXT),
                        Samples.NOON));

        reopened();
        assertThat(store().run(1).orElseThrow().identity()).isEqualTo(odd);
        assertThat(store().run(Optional.of("flights"), odd.name())).isPresent();
        assertThat(store().findRun("flights", odd.parameters(), odd.interval())).isPresent();
        assertThat(view(key(1, "list")).message()).isEqualTo(Samples.ODD_TEXT);
        assertThat(lastAttempt(key(1, "list")).status().message()).isEqualTo(Samples.ODD_TEXT);
    }
}
