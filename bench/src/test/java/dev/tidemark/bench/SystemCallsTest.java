package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemCallsTest {
    @Test
    void eachSyncCountsOnce() {
        assertThat(
                        SystemCalls.calls(
                                List.of(
                                        "17 fdatasync(24)                     = 0",
                                        "17 fdatasync(24 <unfinished ...>",
                                        "18 fsync(9)                          = 0",
                                        "17 <... fdatasync resumed>)          = 0",
                                        "17 +++ exited with 0 +++")))
                .isEqualTo(3);
    }
}
