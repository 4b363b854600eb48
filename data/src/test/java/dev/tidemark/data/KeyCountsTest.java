package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyCountsTest {
    /** So little that every few keys go to the file. */
    private static final KeyCounts.Limits TIGHT = new KeyCounts.Limits(1_000, 1 << 20);

    @Test
    void keysThatDoNotFitIntoMemoryAreCountedAllTheSame() {
        Random random = new Random(7);
        Map<Double, Long> expected = new TreeMap<>();
        try (KeyCounts counts = new KeyCounts("test", TIGHT)) {
            for (int i = 0; i < 5_000; i++) {
                double number = random.nextInt(-200, 200) / 7.0;
                counts.add(Key.of(number));
                expected.merge(number, 1L, Long::sum);
            }
            assertThat(numbers(counts)).containsExactlyEntriesOf(expected);
            assertThat(numbers(counts)).as("may be asked twice").isEqualTo(expected);
        }
    }

    @Test
    void numbersComeInTheirOrder() {
        List<Double> inOrder =
                List.of(
                        Double.NEGATIVE_INFINITY,
                        -Double.MAX_VALUE,
                        -1.5,
                        -Double.MIN_VALUE,
                        0.0,
                        Double.MIN_VALUE,
                        2.0,
                        Double.POSITIVE_INFINITY);
        try (KeyCounts counts = new KeyCounts("test", KeyCounts.LIMITS)) {
            inOrder.reversed().forEach(number -> counts.add(Key.of(number)));
            counts.add(Key.of(-0.0));
            List<Double> found = new ArrayList<>();
            counts.forEach(counted -> found.add(counted.key().number()));
            assertThat(found).isEqualTo(inOrder);
        }
    }

    @Test
    void whatDoesNotFitOnDiskEitherIsRefusedAndNotGuessed() {
        try (KeyCounts counts = new KeyCounts("unique: id", new KeyCounts.Limits(1_000, 10_000))) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 10_000; i++) {
                                    counts.add(Key.of(i));
                                }
                            })
                    .satisfies(has(ErrorCode.CHECK_FAILED))
                    .hasMessageContaining("unique: id: its keys take more than");
        }
    }

    private static Map<Double, Long> numbers(KeyCounts counts) {
        Map<Double, Long> numbers = new TreeMap<>();
        counts.forEach(counted -> numbers.put(counted.key().number(), counted.count()));
        return numbers;
    }
}
