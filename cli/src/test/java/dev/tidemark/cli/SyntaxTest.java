package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program is told what to do, and what it says of how it is told. */
class SyntaxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    run              | Missing required parameter: 'PIPELINE'
                    verify           | Missing required parameter: 'PIPELINE'
                    schedule         | Missing required parameter: 'SCHEDULE'
                    backfill count   | say which dates: --from and --to, --dates, or --incremental
                    backfill         | Missing required parameter: 'PIPELINE'
                    backfills        | say what to do: backfills list
                    backfills pause  | Missing required parameter: 'NUMBER'
                    mark             | Missing required parameter: 'RUN'
                    mark 1           | say how they ended: either --success or --failed
                    mark 1 --failed  | say which tasks
                    cancel           | Missing required parameter: 'RUN'
                    rerun            | Missing required parameter: 'RUN'
                    runs show        | Missing required parameter: 'RUN'
                    tasks logs 1     | Missing required parameter: 'TASK'
                    tasks list       | Missing required parameter: 'RUN'
                    clear --task=one | Missing required parameter: 'RUN'
                    ""               | say what to do
                    runs             | say what to show
                    tasks            | say what to show
                    """)
    void whatIsMissingIsNamed(String command, String missing) {
        assertMisuse(command, missing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    run count --date=2001-02-30 | '2001-02-30' is not a date
                    runs list --limit=many      | 'many' is not an int
                    runs list --state=asleep    | (case-insensitive) but was 'asleep'
                    tasks list 1 --state=asleep | (case-insensitive) but was 'asleep'
                    tasks list 1 --after=a[b]   | as in train or train[3], not 'a[b]'
                    schedule @daily --zone=Mars | unknown time zone 'Mars'; write it as
                    schedule @daily --count=0   | --count must be 1 to 100000, not 0
                    run count --nothing         | Unknown option: '--nothing'
                    run count other             | Unmatched argument at index 2: 'other'
                    xyz                         | Unmatched argument at index 0: 'xyz'
                    """)
    void whatMakesNoSenseIsNamed(String command, String nonsense) {
        assertMisuse(command, nonsense);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "backfill",
                "runs",
                "runs list",
                "runs show",
                "tasks",
                "tasks list",
                "tasks logs",
                "clear",
                "schedule",
                "intervals",
                "pause",
                "unpause",
                "alerts",
                "effects",
                "lint",
                "dev",
                "server",
                "verify"
            })
    void eachCommandHasItsHelpAndItsVersion(String command) {
        Program.Result help = tidemark(command + " --help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: " + ("tidemark " + command).strip() + " [-hV]")
                .contains("-h, --help", "-V, --version")
                .doesNotContain("--proof");

        assertThat(tidemark(command + " -V").out()).startsWith("tidemark ");
    }

    @Test
    void helpSaysWhatAnOptionTakes() {
        assertThat(tidemark("backfill --help").out())
                .contains("--from=DATE", "The first local date.")
                .contains("--max-active=N", "Default: 4")
                .contains("--reprocess=WHICH", "MISSING, FAILED, ALL");
    }

    private static void assertMisuse(String command, String message) {
        Program.Result result = tidemark(command);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains(message).contains("Usage: tidemark");
    }

    private static Program.Result tidemark(String command) {
        return Program.run(Stream.of(command.split(" ")).filter(word -> !word.isEmpty()).toArray());
    }
}
