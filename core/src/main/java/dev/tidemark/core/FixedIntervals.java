package dev.tidemark.core;

import dev.tidemark.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Equal pieces of elapsed time.
 *
 * @param anchor where one of them starts; they are counted from there, both ways
 */
record FixedIntervals(Duration length, Instant anchor) implements Cut {
    @Override
    public Optional<Interval> startingFrom(Instant earliest) {
        Interval piece = around(earliest);
        return Optional.of(
                piece.start().isBefore(earliest)
                        ? new Interval(piece.end(), piece.end().plus(length))
                        : piece);
    }

    @Override
    public Optional<Interval> startingBefore(Instant instant) {
        Interval piece = around(instant);
        return Optional.of(
                piece.start().isBefore(instant)
                        ? piece
                        : new Interval(piece.start().minus(length), piece.start()));
    }

    /** The piece that holds an instant; the one after it in the last millisecond before that. */
    private Interval around(Instant instant) {
        long index = Math.floorDiv(Duration.between(anchor, instant).toMillis(), length.toMillis());
        Instant start = anchor.plus(length.multipliedBy(index));
        return new Interval(start, start.plus(length));
    }
}
