package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFilterTest {
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 10_001})
    void aPageOfNothingOrOfTooMuchIsRefused(int limit) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> TaskFilter.ALL.limit(limit))
                .withMessage(
                        "the limit must be 1 to 10000 task instances, not "
                                + limit
                                + "; ask for more page by page")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void thePagesThatAreNotTooLongAreNot() {
        assertThat(TaskFilter.ALL.limit(1).limit()).isOne();
        assertThat(TaskFilter.ALL.limit(10_000).limit()).isEqualTo(10_000);
    }
}
