package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillPlan.Order;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillPlan.WatermarkUse;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.UnknownEffects;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Planning;
import dev.tidemark.engine.Steps;
import dev.tidemark.store.StoreReader;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code tidemark backfill}: many intervals of the past, several at once. */
final class BackfillCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "backfill",
                    this,
                    "Runs a pipeline over a range of past dates, several intervals at once.",
                    "Interrupted, the same command goes on.");

    private final Given<Optional<LocalDate>> from =
            syntax.option("--from=DATE", LocalDate.class, "The first local date.");

    private final Given<Optional<LocalDate>> to =
            syntax.option("--to=DATE", LocalDate.class, "The last local date, included.");

    private final Given<Optional<String>> dates =
            syntax.option(
                    "--dates=DATE,DATE",
                    String.class,
                    "These local dates, instead of a range from one to another.");

    private final Given<Boolean> incremental =
            syntax.flag(
                    "--incremental",
                    "All that is due and not proven yet, from where the watermark stands. Of"
                            + " backfills only such a one moves it forwards.");

    private final Given<Optional<String>> watermark =
            syntax.option(
                    "--watermark=NAME",
                    String.class,
                    "Which watermark, where the pipeline has several.");

    private final PipelineOption pipeline = new PipelineOption(syntax);
    private final StateOptions state = new StateOptions(syntax);
    private final WriteOptions writing = new WriteOptions(syntax);

    private final Given<Integer> maxActive =
            syntax.option(
                    "--max-active=N",
                    Integer.class,
                    BackfillPlan.Options.DEFAULT_MAX_ACTIVE,
                    "How many intervals run at once.");

    private final Given<Integer> haltAfter =
            syntax.option(
                    "--halt-after=N",
                    Integer.class,
                    BackfillPlan.Options.DEFAULT_HALT_AFTER,
                    "How many intervals may fail in a row before the rest is given up.");

    private final Given<Order> order =
            syntax.option(
                    "--order=WHICH",
                    Order.class,
                    Order.OLDEST,
                    "Which intervals come first: ${COMPLETION-CANDIDATES}.");

    private final Given<String> reason =
            syntax.option(
                    "--reason=TEXT", String.class, "", "Why; kept with the backfill, and shown.");

    private final Given<Optional<Reprocess>> reprocess =
            syntax.option(
                    "--reprocess=WHICH",
                    Reprocess.class,
                    "Which of the intervals that ran already run again: ${COMPLETION-CANDIDATES}."
                            + " Must be said where some did.");

    private final EffectsOption effects = new EffectsOption(syntax);

    private final Given<Boolean> dryRun =
            syntax.flag("--dry-run", "Prints the plan and runs nothing.");

    BackfillCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RunRequest.Dates asked = dates();
        RunRequest.Pace pace =
                new RunRequest.Pace(maxActive.value(), haltAfter.value(), order.value());
        PipelineCode code = pipeline.load(state.made(), clock);
        RunRequest request =
                new RunRequest(
                        Optional.of(asked),
                        pipeline.parameters(),
                        new RunRequest.Again(
                                reprocess.value(), effects.accepted(), WatermarkUse.KEEP),
                        pace,
                        reason.value());
        return dryRun.value()
                ? show(code, request)
                : writing.flow(state, Steps.UNHEARD, clock).run(code, request);
    }

    private RunRequest.Dates dates() {
        if (incremental.value()) {
            if (from.value().isPresent() || dates.value().isPresent()) {
                throw syntax.misuse(
                        "--incremental begins where the watermark stands; give it --to at most");
            }
            return new RunRequest.SinceWatermark(watermark.value(), to.value());
        }
        if (watermark.value().isPresent()) {
            throw syntax.misuse("--watermark goes with --incremental");
        }
        boolean isRange = from.value().isPresent() || to.value().isPresent();
        if (isRange == dates.value().isPresent()) {
            throw syntax.misuse("say which dates: --from and --to, --dates, or --incremental");
        }
        if (!isRange) {
            return new RunRequest.Listed(
                    Stream.of(dates.value().orElseThrow().split(",", -1))
                            .map(text -> date(text.strip()))
                            .toList());
        }
        if (from.value().isEmpty() || to.value().isEmpty()) {
            throw syntax.misuse("--from and --to go together; both are included");
        }
        return new RunRequest.Range(from.value().get(), to.value().get());
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw syntax.misuse(
                    "--dates: '" + text + "' is not a date of the calendar, such as 2001-02-28");
        }
    }

    private ExitCode show(PipelineCode code, RunRequest request) {
        PipelineDefinition definition = code.pipeline().definition();
        try (StoreReader store = state.readOrNothing()) {
            BackfillPlan plan =
                    Planning.plan(definition, request, store, clock.instant(), number -> false)
                            .plan();
            PlanText text = new PlanText(Optional.of(definition), plan);
            PrintWriter out = syntax.out();
            out.print(
                    writing.json() ? text.json() + "\n" : text.table(Terminal.ofStandardOutput()));
            out.flush();
            UnknownEffects.refuse(EffectsCommand.inViewOf(store, code), plan);
            return ExitCode.DONE;
        }
    }
}
