package dev.tidemark.simulation;

import dev.tidemark.Bounds;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Makes up when pipelines run: some once a day, some many times while a simulation lasts. */
final class RandomTiming {
    private static final int MOST_LENGTH_SECONDS = 60;

    private static final String EVERY_TICK = "*/20 * * * * *";
    static final Duration TICK = Duration.ofSeconds(20);

    /** Schedules that begin again soon end, so that all can come to rest. */
    private static final int LATEST_END_SECONDS = 240;

    /** When the last interval is due, by a clock that is not set back. */
    static final Instant LATEST_DUE =
            World.START.plusSeconds(LATEST_END_SECONDS + 2 * MOST_LENGTH_SECONDS);

    private RandomTiming() {}

    static PipelineDefinition.Timing of(Dice dice) {
        PipelineDefinition.Filling filling =
                new PipelineDefinition.Filling(
                        dice.chance(0.3),
                        dice.chance(0.3)
                                ? PipelineDefinition.Gaps.SKIP
                                : PipelineDefinition.Gaps.FILL,
                        dice.from(1, 3),
                        dice.chance(0.15),
                        Duration.ZERO);
        PipelineDefinition.Promises promises =
                new PipelineDefinition.Promises(
                        dice.millis(1_000, 60_000),
                        dice.coin() ? Optional.of(dice.millis(1_000, 60_000)) : Optional.empty());
        return switch (dice.below(6)) {
            case 0, 1, 2, 3 ->
                    new PipelineDefinition.Timing(Schedule.daily(), Bounds.NONE, filling, promises);
            case 4 ->
                    new PipelineDefinition.Timing(
                            new Schedule.Every(
                                    Duration.ofSeconds(dice.from(10, MOST_LENGTH_SECONDS)),
                                    ZoneOffset.UTC),
                            bounds(dice),
                            filling,
                            promises);
            default ->
                    new PipelineDefinition.Timing(
                            Schedule.cron(EVERY_TICK).triggerOnly(),
                            bounds(dice),
                            filling,
                            promises);
        };
    }

    /** With a start: what is asked for by dates would otherwise be thousands of intervals. */
    private static Bounds bounds(Dice dice) {
        LocalDateTime start = LocalDateTime.ofInstant(World.START, ZoneOffset.UTC);
        return new Bounds(
                Optional.of(start.minusSeconds(dice.from(-30, 120))),
                Optional.of(start.plusSeconds(dice.from(60, LATEST_END_SECONDS))));
    }
}
