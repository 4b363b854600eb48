package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int MANY = 10_000;

    private static List<Instant> many() {
        Random random = new Random(1);
        List<Instant> instants = new ArrayList<>(List.of(FIRST, LAST, Instant.EPOCH));
        for (int i = 0; i < MANY; i++) {
            long second = random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond());
            instants.add(Instant.ofEpochSecond(second, random.nextInt(1_000_000_000)));
            instants.add(Instant.ofEpochSecond(second));
        }
        return instants;
    }

    @Test
    void whatIsWrittenIsReadBackAsItWas() {
        assertThat(many()).allMatch(at -> Instants.parse(Instants.text(at)).equals(at));
    }

    @Test
    void textsSortAsInstantsDo() {
        List<Instant> instants = many();
        List<String> texts = new ArrayList<>(instants.stream().map(Instants::text).toList());
        Collections.sort(instants);
        Collections.sort(texts);

        assertThat(texts).isEqualTo(instants.stream().map(Instants::text).toList());
    }

    @Test
    void instantsOfOtherYearsAreKeptTooThoughTheyDoNotSort() {
        for (Instant at :
                List.of(Instant.MIN, Instant.MAX, FIRST.minusNanos(1), LAST.plusNanos(1))) {
            assertThat(Instants.parse(Instants.text(at))).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001-02-30T00:00:00.000000000Z", "yesterday", ""})
    void whatIsNoInstantIsRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Instants.parse(text));
    }
}
