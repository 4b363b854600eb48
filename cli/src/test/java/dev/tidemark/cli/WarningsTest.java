package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A check that only warns stops nothing, and nobody misses it. */
class WarningsTest {
    private static final String FEW =
            """
            import dev.tidemark.*;
            import dev.tidemark.data.*;
            import java.util.List;

            public final class Few implements PipelineSource {
                static final Schema NUMBER = Schema.of().integer("n");
                static final FileDataset NUMBERS = FileDataset.csv("numbers", NUMBER);

                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("few");
                    p.task("draw", Receipt.class, Few::draw).produces(NUMBERS);
                    return p.build();
                }

                static Receipt draw(TaskContext task) {
                    return task.into(NUMBERS)
                            .check(Check.rowsAtLeast(5).warn(), Check.unique("n"))
                            .publish(Rows.of(NUMBER, List.of(NUMBER.row(1), NUMBER.row(2))));
                }
            }
            """;

    private static final String WARNING =
            "warning: numbers all: rows at least: expected 5, found 2 rows";

    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        Program.write(folder.resolve("Few.java"), FEW);
    }

    @Test
    void theReportAndTheRunShowIt() {
        Program.Result run = tidemark("run", folder.resolve("Few.java"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(WARNING);
        assertThat(tidemark("runs", "show", "1").out()).contains(WARNING);
        JsonNode json = tidemark("runs", "show", "1", "--json").json();
        assertThat(json.at("/runs/0/manifests/0/checks/0/verdict").stringValue())
                .isEqualTo("WARNED");
        assertThat(json.at("/runs/0/manifests/0/checks/1/verdict").stringValue())
                .isEqualTo("PASSED");
    }

    /** What only goes through {@code into} stays fenced, whatever it checks. */
    @Test
    void theTaskIsFenced() {
        assertThat(tidemark("effects", folder.resolve("Few.java")).out()).contains("fenced");
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }
}
