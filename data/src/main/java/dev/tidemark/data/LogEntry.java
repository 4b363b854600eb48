package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a partition's log. The highest one says who holds the partition and what readers
 * see: a claim changes the one and keeps the other.
 *
 * @param version counts from 1
 * @param token the right of who holds the partition from here on
 * @param visible what readers see from here on; empty before the first publish
 */
record LogEntry(
        long version,
        FencingToken token,
        Boundary.Writer writer,
        Instant at,
        Optional<VisibleVersion> visible) {

    static LogEntry of(Boundary boundary, long version, Optional<VisibleVersion> visible) {
        return new LogEntry(version, boundary.token(), boundary.writer(), boundary.now(), visible);
    }
}
