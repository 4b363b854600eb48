package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.UnknownEffects;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.store.PipelineVersion;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark effects}: what is known of what each task does a second time. */
final class EffectsCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "effects",
                    this,
                    "Shows of each task what is known of what it does outside, and so of what it"
                            + " would do a second time.");

    private final PipelineOption pipeline = new PipelineOption(syntax);
    private final StateOptions state = new StateOptions(syntax);
    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    EffectsCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        PipelineCode code = pipeline.load(state.made(), clock);
        PipelineDefinition known;
        try (StoreReader store = state.readOrNothing()) {
            known = inViewOf(store, code);
        }
        syntax.out().print(json.value() ? json(known) + "\n" : table(known));
        syntax.out().flush();
        return ExitCode.DONE;
    }

    /** A pipeline in view of what the store knows was verified of this version. */
    static PipelineDefinition inViewOf(StoreReader store, PipelineCode code) {
        PipelineDefinition definition = code.pipeline().definition();
        PipelineVersion version = new PipelineVersion(definition.name(), code.version());
        Set<String> verified = store.registered(List.of(version)).getOrDefault(version, Set.of());
        return UnknownEffects.verified(definition, verified);
    }

    private static String table(PipelineDefinition pipeline) {
        return new Table(
                        List.of(Column.text("TASK"), Column.text("EFFECTS"), Column.text("WHY")),
                        pipeline.tasks().stream().map(EffectsCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(TaskDefinition task) {
        return List.of(
                Cell.of(task.name()),
                Cell.of(RunReport.word(task.effects().kind())),
                Cell.of(task.effects().reason()));
    }

    private static String json(PipelineDefinition pipeline) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pipeline", pipeline.name());
        ArrayNode tasks = root.putArray("tasks");
        for (TaskDefinition task : pipeline.tasks()) {
            tasks.addObject()
                    .put("task", task.name())
                    .put("effects", RunReport.word(task.effects().kind()))
                    .put("reason", task.effects().reason());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
