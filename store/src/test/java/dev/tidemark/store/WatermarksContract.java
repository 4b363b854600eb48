package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.Interval;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.core.Watermarks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where watermarks stand, what is proven ahead of them, and how they came there. */
interface WatermarksContract extends StoreUnderTest {
    WatermarkKey PROVEN = new WatermarkKey("flights", "proven");
    WatermarkKey LOADED = new WatermarkKey("flights", "loaded");
    WatermarkKey HOTELS = new WatermarkKey("hotels", "proven");

    private static Instant endOf(int day) {
        return Samples.day(day).end();
    }

    private static Change placed(WatermarkKey key, int day) {
        return new Change.WatermarkMoved(key, Optional.empty(), endOf(day), "run 1");
    }

    private static Change moved(WatermarkKey key, int from, int to) {
        return new Change.WatermarkMoved(
                key, Optional.of(endOf(from)), endOf(to), Samples.ODD_TEXT);
    }

    private static WatermarkView view(
            WatermarkKey key, Optional<Instant> at, Set<Interval> ahead, int movedAtSecond) {
        return new WatermarkView(
                key, new Watermarks.Kept(at, ahead), at.map(_ -> Samples.second(movedAtSecond)));
    }

    @Test
    default void eachStandsWhereItMovedLast() {
        commitAtSecond(1, placed(PROVEN, 1), placed(HOTELS, 2));
        commitAtSecond(2, moved(PROVEN, 1, 3), placed(LOADED, 1));
        assertThat(reopened().watermarks())
                .containsExactly(
                        view(LOADED, Optional.of(endOf(1)), Set.of(), 2),
                        view(PROVEN, Optional.of(endOf(3)), Set.of(), 2),
                        view(HOTELS, Optional.of(endOf(2)), Set.of(), 1));
        assertThat(store().watermarks(List.of("hotels", "nowhere")))
                .extracting(WatermarkView::key)
                .containsExactly(HOTELS);
    }

    @Test
    default void whatIsAheadIsKeptUntilItIsPassed() {
        commitAtSecond(1, ahead(PROVEN, 3), ahead(PROVEN, 1), ahead(PROVEN, 2), ahead(HOTELS, 1));
        assertThat(store().watermarks(List.of("flights")))
                .containsExactly(
                        view(
                                PROVEN,
                                Optional.empty(),
                                Set.of(Samples.day(1), Samples.day(2), Samples.day(3)),
                                0));
        commitAtSecond(2, placed(PROVEN, 0), moved(PROVEN, 0, 2));
        assertThat(reopened().watermarks())
                .containsExactly(
                        view(PROVEN, Optional.of(endOf(2)), Set.of(Samples.day(3)), 2),
                        view(HOTELS, Optional.empty(), Set.of(Samples.day(1)), 0));
    }

    private static Change ahead(WatermarkKey key, int day) {
        return new Change.IntervalAhead(key, Samples.day(day));
    }

    private static Change noLongerAhead(WatermarkKey key, int day) {
        return new Change.IntervalNoLongerAhead(key, Samples.day(day));
    }

    /** All in one turn, in any order. */
    @Test
    default void muchMayHappenToOneInOneTurn() {
        commitAtSecond(
                1,
                ahead(PROVEN, 2),
                noLongerAhead(PROVEN, 2),
                placed(PROVEN, 0),
                ahead(PROVEN, 3),
                moved(PROVEN, 0, 1),
                ahead(PROVEN, 2),
                moved(PROVEN, 1, 2),
                noLongerAhead(PROVEN, 3),
                ahead(PROVEN, 4));
        assertThat(store().watermarks())
                .containsExactly(view(PROVEN, Optional.of(endOf(2)), Set.of(Samples.day(4)), 1));
        assertThat(store().watermarkMoves(PROVEN, 2))
                .containsExactly(
                        new WatermarkMove(
                                Samples.second(1), (Change.WatermarkMoved) moved(PROVEN, 1, 2)),
                        new WatermarkMove(
                                Samples.second(1), (Change.WatermarkMoved) moved(PROVEN, 0, 1)));
        assertThat(reopened().watermarkMoves(PROVEN, 9)).hasSize(3);
        assertThat(store().watermarkMoves(LOADED, 9)).isEmpty();
    }

    static List<Change> whatDoesNotFit() {
        return List.of(
                placed(PROVEN, 2),
                moved(PROVEN, 0, 2),
                moved(LOADED, 1, 2),
                ahead(PROVEN, 3),
                noLongerAhead(PROVEN, 4));
    }

    @ParameterizedTest
    @MethodSource("whatDoesNotFit")
    default void aChangeThatDoesNotFitIsRefused(Change change) {
        commitAtSecond(1, placed(PROVEN, 1), ahead(PROVEN, 3));
        List<WatermarkView> before = store().watermarks();
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> commitAtSecond(2, change))
                .withMessageContaining("watermark");
        assertThat(reopened().watermarks()).isEqualTo(before);
    }
}
