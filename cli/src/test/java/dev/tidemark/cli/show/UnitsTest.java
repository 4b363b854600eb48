package dev.tidemark.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0009S, 0 ms",
        "PT0.85S, 850 ms",
        "PT0.9999S, 999 ms",
        "PT1S, 1.0 s",
        "PT12.39S, 12.3 s",
        "PT59.999S, 59.9 s",
        "PT1M, 1 min",
        "PT4M5.9S, 4 min 5 s",
        "PT59M59.9S, 59 min 59 s",
        "PT2H, 2 h",
        "PT2H3M59S, 2 h 3 min",
        "PT23H59M, 23 h 59 min",
        "P1D, 1 d",
        "PT76H, 3 d 4 h",
        "PT-1.5S, -1.5 s",
    })
    void durationsAreSaidInTheirTwoLargestUnits(Duration duration, String said) {
        assertThat(Units.duration(duration)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "999|999", "1000|1,000", "1234567|1,234,567", "-1234|-1,234"})
    void countsAreGroupedByThousands(long count, String said) {
        assertThat(Units.count(count)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1023.9 KiB",
        "75497472, 72.0 MiB",
        "9223372036854775807, 7.9 EiB",
    })
    void bytesAreSaidInBinaryUnits(long bytes, String said) {
        assertThat(Units.bytes(bytes)).isEqualTo(said);
    }

    @Test
    void aNegativeSizeIsAMistake() {
        assertThatThrownBy(() -> Units.bytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
