package dev.tidemark.cli;

import dev.tidemark.Bounds;
import dev.tidemark.CronExpression;
import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.ScheduledTimetable;
import dev.tidemark.core.Timetable;
import dev.tidemark.engine.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** {@code tidemark schedule}: which intervals a schedule has. */
final class ScheduleCommand implements Command {
    private static final int DEFAULT_COUNT = 10;
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9_999;

    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "schedule",
                    this,
                    "Prints the first intervals that start on or after a date: those of a cron"
                            + " expression, or of a pipeline's own schedule.",
                    "It runs nothing and changes nothing.");

    private final Given<String> schedule =
            syntax.parameter(
                    "SCHEDULE",
                    String.class,
                    "A cron expression in quotes, such as \"0 2 * * *\", with seconds first where"
                        + " it has six fields; @daily and the like; @once; or a pipeline: a .java"
                        + " file, a folder of them, or a jar.");

    private final Given<Optional<ZoneId>> zone =
            syntax.option(
                    "--zone=ZONE",
                    ZoneId.class,
                    "The time zone of an expression, such as Europe/Zurich; UTC where it is left"
                            + " out. A pipeline has its own.");

    private final Given<Optional<LocalDate>> from =
            syntax.option(
                    "--from=DATE",
                    LocalDate.class,
                    "The first local date in that zone; today where it is left out.");

    private final Given<Integer> count =
            syntax.option("--count=N", Integer.class, DEFAULT_COUNT, "How many at most.");

    private final Given<Boolean> json =
            syntax.flag(
                    "--json",
                    "Prints a JSON array of objects with start, end and logical_date in UTC.");

    private final Given<Path> home =
            syntax.option(
                    "--home=DIR",
                    Path.class,
                    Path.of(".tidemark"),
                    "Where compiled pipelines lie.");

    ScheduleCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        if (count.value() < 1 || count.value() > BackfillPlan.MAX_INTERVALS) {
            throw syntax.misuse(
                    "--count must be 1 to "
                            + BackfillPlan.MAX_INTERVALS
                            + ", not "
                            + count.value());
        }
        Timetable timetable = Timetable.of(timing());
        if (!(timetable instanceof ScheduledTimetable)) {
            throw refused(
                    schedule.value()
                            + " has no intervals to print: time is cut only where its runs begin");
        }
        ScheduleText text = new ScheduleText(timetable, intervals(timetable));
        syntax.out()
                .print(json.value() ? text.json() + "\n" : text.table(Terminal.ofStandardOutput()));
        syntax.out().flush();
        return ExitCode.DONE;
    }

    private List<Interval> intervals(Timetable timetable) {
        LocalDate date = from(timetable.zone());
        List<Interval> intervals = new ArrayList<>();
        Optional<Interval> next =
                timetable.firstFrom(date.atStartOfDay(timetable.zone()).toInstant());
        while (next.isPresent() && intervals.size() < count.value()) {
            intervals.add(next.get());
            next = timetable.after(next.get());
        }
        return intervals;
    }

    private LocalDate from(ZoneId zone) {
        LocalDate date = from.value().orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw syntax.misuse(
                    "--from must be in the years "
                            + FIRST_YEAR
                            + " to "
                            + LAST_YEAR
                            + ", not "
                            + date);
        }
        return date;
    }

    private PipelineDefinition.Timing timing() {
        String text = schedule.value();
        if (!isPipeline(text)) {
            return timing(text.strip(), zone.value().orElse(ZoneOffset.UTC));
        }
        if (zone.value().isPresent()) {
            throw syntax.misuse(
                    "--zone is for expressions; a pipeline's schedule has its own zone");
        }
        return new PipelineLoader(clock)
                .load(Path.of(text), Home.at(home.value()).compiled())
                .pipeline()
                .definition()
                .timing();
    }

    /** Expressions have blanks between their fields, or begin with @; what exists is a pipeline. */
    private static boolean isPipeline(String text) {
        boolean looksLikeExpression =
                text.isBlank() || text.startsWith("@") || text.strip().contains(" ");
        return !looksLikeExpression
                || text.endsWith(".java")
                || text.endsWith(".jar")
                || (!text.contains("*") && !text.isBlank() && Files.exists(Path.of(text)));
    }

    /** What runs once does so at the first moment that is asked for. */
    private PipelineDefinition.Timing timing(String text, ZoneId zone) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "@once" -> timing(new Schedule.Once(zone), Bounds.startingOn(from(zone)));
            case "@continuous" -> timing(new Schedule.Continuous(zone), Bounds.NONE);
            default -> timing(new Schedule.Cron(List.of(expression(text)), zone), Bounds.NONE);
        };
    }

    private static PipelineDefinition.Timing timing(Schedule schedule, Bounds bounds) {
        return PipelineDefinition.Timing.of(schedule, bounds);
    }

    /** Here it is no definition that is wrong, but what was typed. */
    private static CronExpression expression(String text) {
        try {
            return CronExpression.parse(text);
        } catch (TidemarkException e) {
            throw refused(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_REQUEST, message);
    }
}
