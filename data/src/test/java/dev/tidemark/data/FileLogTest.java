package dev.tidemark.data;

import static dev.tidemark.data.Errors.has;
import static dev.tidemark.data.SampleFlights.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.ErrorCode;
import dev.tidemark.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a partition, and the fence that decides by it. */
class FileLogTest {
    @TempDir Path home;
    private FileLog log;

    @BeforeEach
    void aLog() {
        log = new FileLog(home);
    }

    @Test
    void anEntryComesBackAsItWas() throws IOException {
        LogEntry claim = LogEntry.of(attempt(7), 1, Optional.empty());
        LogEntry publish = LogEntry.of(attempt(7), 2, Optional.of(version(7, 2)));
        append(claim);
        append(publish);
        assertThat(log.entries()).containsExactly(claim, publish);
        assertThat(log.head()).contains(publish);
    }

    @Test
    void anEntryIsNeverReplaced() throws IOException {
        LogEntry first = LogEntry.of(attempt(1), 1, Optional.empty());
        append(first);
        LogEntry second = LogEntry.of(attempt(2), 1, Optional.empty());
        assertThat(log.append(second, AttemptName.of(attempt(2)))).isFalse();
        assertThat(log.head()).contains(first);
    }

    @Test
    void filesThatAreNoEntriesAreNotRead() throws IOException {
        LogEntry entry = LogEntry.of(attempt(1), 1, Optional.empty());
        append(entry);
        Files.writeString(log.folder().resolve("0000000002.json.x.draft"), "{");
        Files.writeString(log.folder().resolve("notes.txt"), "?");
        assertThat(log.head()).contains(entry);
    }

    @Test
    void aDraftThatACrashLeftAsASecondNameOfAnEntryDoesItNoHarm() throws IOException {
        LogEntry entry = LogEntry.of(attempt(1), 1, Optional.empty());
        append(entry);
        String draft = "0000000001.json." + AttemptName.of(attempt(1)) + ".draft";
        Files.createLink(log.folder().resolve(draft), log.folder().resolve("0000000001.json"));
        assertThat(log.append(entry, AttemptName.of(attempt(1)))).isFalse();
        assertThat(log.head()).contains(entry);
    }

    @Test
    void aPublishWhoseAnswerWasLostIsFoundToBeDone() throws IOException {
        FakeBoundary mine = attempt(1);
        FileFence fence = new FileFence(log, mine, "landing");
        fence.claim();
        VisibleVersion published =
                fence.publish(
                        (version, previous) -> {
                            VisibleVersion visible = version(1, version);
                            appendUnheard(LogEntry.of(mine, version, Optional.of(visible)));
                            return visible.manifest();
                        });
        assertThat(published.manifest().piece().version()).isEqualTo(2);
        assertThat(log.entries()).hasSize(2);
        assertThat(log.head().flatMap(LogEntry::visible)).contains(published);
    }

    @Test
    void aClaimThatComesBetweenTheLookAndThePublishFencesIt() throws IOException {
        FakeBoundary later = attempt(2);
        FileFence fence = new FileFence(log, attempt(1), "landing");
        fence.claim();
        assertThatThrownBy(
                        () ->
                                fence.publish(
                                        (version, previous) -> {
                                            appendUnheard(
                                                    LogEntry.of(later, version, Optional.empty()));
                                            return version(1, version).manifest();
                                        }))
                .satisfies(has(ErrorCode.FENCED))
                .hasMessageContaining("landing 2001-02-03 is held by token 2")
                .hasMessageContaining("this attempt's token is 1");
        assertThat(log.head().flatMap(LogEntry::visible)).isEmpty();
    }

    @Test
    void anAttemptWhoseClaimIsGoneMayNotPublish() throws IOException {
        FileFence fence = new FileFence(log, attempt(1), "landing");
        assertThatThrownBy(() -> fence.publish((version, previous) -> version(1, 1).manifest()))
                .satisfies(has(ErrorCode.FENCED));
    }

    private void append(LogEntry entry) throws IOException {
        assertThat(log.append(entry, AttemptName.of(attempt(entry.token().number())))).isTrue();
    }

    private void appendUnheard(LogEntry entry) {
        try {
            append(entry);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private FakeBoundary attempt(long token) {
        return FakeBoundary.attempt(home, DAY, token);
    }

    private VisibleVersion version(long token, long version) {
        FakeBoundary attempt = attempt(token);
        return VisibleVersion.of(
                new Manifest(
                        new Manifest.Piece(
                                "landing", attempt.partition(), version, Optional.empty()),
                        Manifest.Origin.of(attempt, FakeBoundary.NOW, FakeBoundary.NOW),
                        List.of(),
                        new Manifest.Output(
                                "landing", List.of(), List.of(), SampleFlights.SCHEMA, "0"),
                        new Manifest.Outcome(RowCounts.NONE, List.of())));
    }
}
