package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Line LINE =
            new Line(
                    "chain of 40",
                    "ms",
                    new Spread(6, 5, 8, 3),
                    new Line.Beside(
                            Optional.of(new Spread(4, 3, 5, 3)),
                            Map.of("peer 1", new Spread(20, 19, 21, 3))),
                    new Line.Costs(OptionalDouble.of(1.025), OptionalDouble.empty()));

    private static Report report(double before, double after) {
        return new Report(
                Instant.parse("2001-02-03T04:05:06Z"),
                new Machine(2, 1024, 512, "Linux 6", "VM 25"),
                "sqlite",
                "SQLite 3",
                new Probe(before, after));
    }

    @Test
    void jsonHasAllThatIsKnown() {
        assertThat(report(9_000, 8_000).json(LINE))
                .isEqualTo(
                        """
                        {"name":"chain of 40","store":"sqlite","store_version":"SQLite 3",\
                        "unit":"ms","ours":{"median":6.0,"least":5.0,"most":8.0,"rounds":3},\
                        "baseline":{"median":4.0,"least":3.0,"most":5.0,"rounds":3},"ratio":1.5,\
                        "peers":{"peer 1":{"median":20.0,"least":19.0,"most":21.0,"rounds":3}},\
                        "commits_per_task":1.025,"counts":true,"fsync_probe_before":9000.0,\
                        "fsync_probe_after":8000.0,"date":"2001-02-03T04:05:06Z","machine":\
                        {"cores":2,"memory_mib":1024,"heap_mib":512,"kernel":"Linux 6",\
                        "jdk":"VM 25"}}\
                        """);
    }

    @Test
    void aLineSaysWhatWasBesideIt() {
        assertThat(report(9_000, 8_000).text(LINE))
                .endsWith(
                        "6.00 (5.00–8.00)             ms; bare 4.00 (3.00–5.00), ratio 1.50;"
                                + " peer 1 20.0 (19.0–21.0); commits/task 1.03");
    }

    @Test
    void aSlowOrUnevenDiskDoesNotCount() {
        assertThat(report(2_999, 9_000).json(LINE)).contains("\"counts\":false");
        assertThat(report(9_001, 3_000).json(LINE)).contains("\"counts\":false");
        assertThat(report(9_000, 3_000).json(LINE)).contains("\"counts\":true");
        assertThat(report(2_999, 9_000).text(LINE)).endsWith("DOES NOT COUNT");
    }
}
