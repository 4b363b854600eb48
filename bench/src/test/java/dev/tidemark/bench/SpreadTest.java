package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianStandsInTheMiddle() {
        assertThat(Spread.of(5, 1, 9)).isEqualTo(new Spread(5, 1, 9, 3));
        assertThat(Spread.of(4, 3, 2, 1).median()).isEqualTo(2);
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1));
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        double[] sorted = new double[200];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = i + 1;
        }
        assertThat(Spread.percentile(sorted, 0.5)).isEqualTo(100);
        assertThat(Spread.percentile(sorted, 0.99)).isEqualTo(198);
        assertThat(Spread.percentile(sorted, 0)).isEqualTo(1);
        assertThat(Spread.percentile(sorted, 1)).isEqualTo(200);
    }
}
