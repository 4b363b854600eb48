package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.FencingToken;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one attempt at a time into a partition. Both calls decide at the same point: the creation of
 * the log's next entry, which only one can win.
 */
final class FileFence {
    /** Only attempts that claim can come in between, and each later one makes this one lose. */
    private static final int MAX_TRIES = 100;

    private static final String CLAIMED_TWICE =
            "claimed by this attempt already; a task publishes into a partition once. Put the rows"
                    + " together, or write into two targets";

    /** Makes the manifest for the version that publishing is about to create. */
    @FunctionalInterface
    interface ManifestFor {
        Manifest version(long version, Optional<String> previous);
    }

    private final FileLog log;
    private final Boundary boundary;
    private final String piece;

    FileFence(FileLog log, Boundary boundary, String asset) {
        this.log = log;
        this.boundary = boundary;
        this.piece = asset + " " + boundary.partition().key();
    }

    /**
     * Takes the partition, and leaves what readers see.
     *
     * @return the entry that says so
     * @throws TidemarkException {@link ErrorCode#FENCED} or {@link ErrorCode#FOREIGN_ISSUER}
     */
    LogEntry claim() throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<LogEntry> head = log.head();
            if (head.isPresent()) {
                if (isMine(head.get())) {
                    throw fenced(CLAIMED_TWICE);
                }
                requireHigherThan(head.get());
            }
            LogEntry claim =
                    LogEntry.of(
                            boundary,
                            head.map(LogEntry::version).orElse(0L) + 1,
                            head.flatMap(LogEntry::visible));
            if (log.append(claim, AttemptName.of(boundary))) {
                return claim;
            }
        }
        throw outrun();
    }

    /**
     * Makes a version visible, if the partition is still this attempt's.
     *
     * @throws TidemarkException {@link ErrorCode#FENCED} or {@link ErrorCode#FOREIGN_ISSUER} where
     *     it is another's; nothing has changed then
     */
    VisibleVersion publish(ManifestFor manifest) throws IOException {
        @Nullable VisibleVersion tried = null;
        for (int i = 0; i < MAX_TRIES; i++) {
            LogEntry head = log.head().orElseThrow(this::claimIsGone);
            if (!isMine(head)) {
                throw refusal(head);
            }
            Optional<String> visible = head.visible().map(VisibleVersion::hash);
            if (tried != null && visible.equals(Optional.of(tried.hash()))) {
                return tried;
            }
            tried = VisibleVersion.of(manifest.version(head.version() + 1, visible));
            if (appended(LogEntry.of(boundary, head.version() + 1, Optional.of(tried)))) {
                return tried;
            }
        }
        throw outrun();
    }

    /** A failed call may have done its work: what stands in the log decides. */
    private boolean appended(LogEntry entry) throws IOException {
        try {
            return log.append(entry, AttemptName.of(boundary));
        } catch (IOException e) {
            Optional<LogEntry> head = log.head();
            if (head.isPresent() && head.get().equals(entry)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isMine(LogEntry head) {
        return head.token().equals(boundary.token());
    }

    private void requireHigherThan(LogEntry head) {
        boolean sameIssuer = head.token().issuer().equals(boundary.token().issuer());
        if (sameIssuer ? head.token().number() > boundary.token().number() : !boundary.adopts()) {
            throw refusal(head);
        }
    }

    private TidemarkException refusal(LogEntry head) {
        FencingToken mine = boundary.token();
        if (head.token().issuer().equals(mine.issuer())) {
            return fenced(
                    "held by token %d (run %s, task %s, attempt %d); this attempt's token is %d"
                            .formatted(
                                    head.token().number(),
                                    head.writer().run(),
                                    head.writer().task(),
                                    head.writer().attempt(),
                                    mine.number()));
        }
        return new TidemarkException(
                ErrorCode.FOREIGN_ISSUER,
                ("%s is held by another home, %s (token %d, claimed at %s); this home is "
                                + "%s. Nothing was changed. Where that home is "
                                + "gone or no longer writes, "
                                + "run again with --adopt to take over")
                        .formatted(
                                piece,
                                head.token().issuer(),
                                head.token().number(),
                                head.at(),
                                mine.issuer()));
    }

    private TidemarkException claimIsGone() {
        return fenced("no longer claimed by anyone: its log was removed while this attempt wrote");
    }

    private TidemarkException outrun() {
        return fenced("claimed by others again and again; gave up after " + MAX_TRIES + " tries");
    }

    private TidemarkException fenced(String why) {
        return new TidemarkException(
                ErrorCode.FENCED, "%s is %s. Nothing was changed".formatted(piece, why));
    }
}
