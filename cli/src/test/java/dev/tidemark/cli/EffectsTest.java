package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** History runs again over tasks of unknown effects only where somebody accepts that. */
class EffectsTest {
    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        write("APPEND", "");
    }

    /** A task that writes by itself, and one that writes nothing. */
    private void write(String how, String declared) throws IOException {
        Program.write(
                folder.resolve("Mail.java"),
                """
                import dev.tidemark.*;
                import java.io.IOException;
                import java.nio.file.*;

                public final class Mail implements PipelineSource {
                    @Override public Pipeline pipeline() {
                        var mail = Pipeline.named("mail").schedule(Schedule.daily())
                                .startingOn("2001-02-01");
                        var text = mail.task("text", String.class, Mail::text);
                        mail.task("send", String.class, text, Mail::send)@DECLARED@;
                        return mail.build();
                    }

                    static String text(TaskContext task) {
                        return "it was " + task.date();
                    }

                    static String send(TaskContext task, String text) throws IOException {
                        Path box = task.dataPath("box-" + task.date());
                        Files.createDirectories(box.getParent());
                        Files.writeString(box, text + "\\n", StandardOpenOption.CREATE,
                                StandardOpenOption.@HOW@);
                        if (Files.exists(task.sourcePath("wall"))) {
                            throw new IllegalArgumentException("there is a wall");
                        }
                        return text;
                    }
                }
                """
                        .replace("@DECLARED@", declared)
                        .replace("@HOW@", how));
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Path mail() {
        return folder.resolve("Mail.java");
    }

    private List<String> box() throws IOException {
        return Files.readAllLines(folder.resolve("home/data/box-2001-02-01"));
    }

    private void ranOnce() throws IOException {
        assertThat(tidemark("run", mail(), "--date=2001-02-01").exitCode()).isZero();
        assertThat(box()).hasSize(1);
    }

    static Stream<List<String>> whatRunsHistoryAgain() {
        return Stream.of(
                List.of("backfill", "MAIL", "--dates=2001-02-01", "--reprocess=ALL"),
                List.of("run", "MAIL", "--date=2001-02-01", "--rerun"),
                List.of("rerun", "1", "MAIL"),
                List.of("rerun", "1", "MAIL", "--task=send"));
    }

    @ParameterizedTest
    @MethodSource("whatRunsHistoryAgain")
    void historyRunsAgainOnlyWhereUnknownEffectsAreAccepted(List<String> words) throws IOException {
        ranOnce();
        List<Object> command = new ArrayList<>();
        words.forEach(word -> command.add(word.equals("MAIL") ? mail() : word));

        Program.Result refused = tidemark(command.toArray());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err())
                .contains("would run again, and nobody knows what that does outside: task 'send'")
                .contains(
                        "calls java.nio.file.Files.writeString (Mail.java:21)",
                        "--accept-unknown-effects")
                .doesNotContain("'text'");
        assertThat(box()).hasSize(1);

        command.add("--accept-unknown-effects");
        assertThat(tidemark(command.toArray()).exitCode()).isZero();
        assertThat(box()).hasSize(2);
    }

    @Test
    void clearIsRefusedForWhatWasAttempted() throws IOException {
        ranOnce();
        assertThat(tidemark("clear", "1", "text").exitCode()).isZero();
        assertThat(tidemark("clear", "1", "send").err()).contains("task 'send'");
        assertThat(tidemark("clear", "1", "send", "--accept-unknown-effects").exitCode()).isZero();
        assertThat(tidemark("run", mail(), "--date=2001-02-01").exitCode()).isZero();
        assertThat(box()).hasSize(2);
    }

    @Test
    void aDryRunSaysTheSame() throws IOException {
        ranOnce();
        Program.Result dry =
                tidemark("backfill", mail(), "--dates=2001-02-01", "--reprocess=ALL", "--dry-run");
        assertThat(dry.out()).contains("1 of 1 intervals would run");
        assertThat(dry.err()).contains("nobody knows what that does outside: task 'send'");
        assertThat(dry.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aFirstRunAcceptsNothing() throws IOException {
        ranOnce();
        assertThat(tidemark("backfills", "show", "1").out()).doesNotContain("Accepts");
        assertThat(tidemark("backfills", "show", "1", "--json").out())
                .contains("\"accepts_unknown_effects\":false");
    }

    @Test
    void toGoOnWithWhatFailedIsNoRerun() throws IOException {
        Files.createFile(folder.resolve("wall"));
        assertThat(tidemark("run", mail(), "--date=2001-02-01").exitCode())
                .isEqualTo(ExitCode.FAILED.number());
        Files.delete(folder.resolve("wall"));
        assertThat(tidemark("run", mail(), "--date=2001-02-01").exitCode()).isZero();
    }

    @Test
    void aBackfillsFailuresRunAgainWhereThatIsAccepted() throws IOException {
        Files.createFile(folder.resolve("wall"));
        assertThat(tidemark("backfill", mail(), "--dates=2001-02-01").exitCode())
                .isEqualTo(ExitCode.FAILED.number());
        Files.delete(folder.resolve("wall"));
        assertThat(tidemark("backfills", "rerun", "1", mail()).err()).contains("task 'send'");
        assertThat(
                        tidemark("backfills", "rerun", "1", mail(), "--accept-unknown-effects")
                                .exitCode())
                .isZero();
        assertThat(tidemark("backfills", "show", "2").out())
                .contains("Accepts that nobody knows what some task does a second time.");
    }

    @Test
    void whatTheAuthorDeclaresIsBelieved() throws IOException {
        write("APPEND", ".idempotent(\"nobody reads it twice\")");
        ranOnce();
        assertThat(tidemark("run", mail(), "--date=2001-02-01", "--rerun").exitCode()).isZero();
        JsonNode effects = tidemark("effects", mail(), "--json").json();
        assertThat(effects.path("tasks").findValuesAsString("effects"))
                .containsExactly("fenced", "declared");
        assertThat(effects.path("tasks").path(1).path("reason").asString())
                .isEqualTo("nobody reads it twice");
    }

    @Test
    void whatIsVerifiedIsKnownForThatVersion() throws IOException {
        write("TRUNCATE_EXISTING", "");
        ranOnce();
        assertThat(tidemark("effects", mail()).out()).contains("send", "unknown");
        Program.Result verified = tidemark("verify", mail(), "--date=2001-02-01");
        assertThat(verified.out()).contains("kept as verified, for this version: send");
        assertThat(tidemark("effects", mail()).out()).contains("verified for this version");
        assertThat(tidemark("run", mail(), "--date=2001-02-01", "--rerun").exitCode()).isZero();
        write("APPEND", "");
        assertThat(tidemark("run", mail(), "--date=2001-02-01", "--rerun").err())
                .contains("task 'send'");
        assertThat(tidemark("verify", mail(), "--date=2001-02-01").out())
                .contains("DIFFERENT")
                .doesNotContain("kept as verified");
    }
}
