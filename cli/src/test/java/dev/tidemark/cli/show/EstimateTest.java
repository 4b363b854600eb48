package dev.tidemark.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final Instant START = Instant.parse("2001-02-03T00:00:00Z");

    private final Estimate estimate = new Estimate();

    private Optional<Duration> left(long done, int second) {
        return estimate.left(done, 100, START.plusSeconds(second));
    }

    @Test
    void theRestTakesAsLongAsWhatWasDoneLately() {
        assertThat(left(0, 0)).isEmpty();
        assertThat(left(10, 10)).contains(Duration.ofSeconds(90));
        assertThat(left(50, 50)).contains(Duration.ofSeconds(50));
    }

    @Test
    void whereNothingEndedForAWhileTheRestTakesLonger() {
        left(0, 0);
        assertThat(left(10, 10)).contains(Duration.ofSeconds(90));
        assertThat(left(10, 20)).contains(Duration.ofMinutes(3));
    }

    @Test
    void aPauseLongAgoDoesNotCount() {
        left(0, 0);
        left(1, 3_600);
        left(2, 3_610);
        assertThat(left(12, 3_710)).contains(Duration.ofSeconds(880));
    }

    @Test
    void tooLittleSaysNothing() {
        left(0, 0);
        assertThat(left(1, 1)).isEmpty();
        assertThat(left(100, 60)).isEmpty();
    }
}
