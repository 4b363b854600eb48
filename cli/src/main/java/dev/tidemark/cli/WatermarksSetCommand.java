package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Command.SetWatermark;
import dev.tidemark.core.IncrementalBackfill;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.WatermarkKey;
import dev.tidemark.store.StoreReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@code tidemark watermarks set}: puts a watermark somewhere, and keeps who wanted it and why. */
final class WatermarksSetCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "set",
                    this,
                    "Puts a watermark somewhere: all intervals that end up to there count as"
                            + " proven. Put back, what follows is run again by backfill"
                            + " --incremental.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> pipeline =
            syntax.parameter("PIPELINE", String.class, "The pipeline's name.");

    private final Given<String> to =
            syntax.parameter(
                    "TO",
                    String.class,
                    "A date or a local time in the zone of its schedule, 2001-02-03 or"
                            + " 2001-02-03T05:00, or an instant, 2001-02-03T05:00:00Z.");

    private final Given<Optional<String>> watermark =
            syntax.option(
                    "--watermark=NAME",
                    String.class,
                    "Which watermark, where the pipeline has several.");

    private final Given<String> reason =
            syntax.required("--reason=TEXT", String.class, "Why; kept with the move, and shown.");

    WatermarksSetCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        if (reason.value().isBlank()
                || reason.value().length() > RunRequest.MAX_REASON_CHARACTERS) {
            throw syntax.misuse(
                    "--reason has 1 to " + RunRequest.MAX_REASON_CHARACTERS + " characters");
        }
        SetWatermark command;
        try (StoreReader store = state.readOrNothing()) {
            PipelineDefinition definition = definition(store);
            command =
                    new SetWatermark(
                            new WatermarkKey(
                                    pipeline.value(),
                                    IncrementalBackfill.watermark(definition, watermark.value())),
                            instant(definition.timing().schedule().zone()),
                            reason.value());
        }
        new Deed(command, engine -> engine.set(command)).done(state, clock);
        try (StoreReader store = state.readOrNothing()) {
            store.watermarks(List.of(pipeline.value())).stream()
                    .filter(it -> it.key().equals(command.watermark()))
                    .forEach(
                            it ->
                                    syntax.out()
                                            .println(
                                                    "The watermark "
                                                            + it.key()
                                                            + " stands at "
                                                            + WatermarkText.of(store, it).place()
                                                            + "."));
        }
        return ExitCode.DONE;
    }

    private PipelineDefinition definition(StoreReader store) {
        return store.latestVersion(pipeline.value())
                .flatMap(version -> store.definition(pipeline.value(), version))
                .orElseThrow(
                        () ->
                                new TidemarkException(
                                        ErrorCode.INVALID_REQUEST,
                                        "there is no pipeline '"
                                                + pipeline.value()
                                                + "' here: it was never run, and no server has"
                                                + " it"));
    }

    private Instant instant(ZoneId zone) {
        String text = to.value();
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            LocalDateTime local =
                    text.contains("T")
                            ? LocalDateTime.parse(text)
                            : LocalDate.parse(text).atStartOfDay();
            return local.atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw syntax.misuse(
                    "'"
                            + text
                            + "' is neither a date, such as 2001-02-03, nor a local time, such as"
                            + " 2001-02-03T05:00, nor an instant, such as 2001-02-03T05:00:00Z");
        }
    }
}
