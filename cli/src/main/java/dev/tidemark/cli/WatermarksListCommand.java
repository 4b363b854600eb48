package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.WatermarkView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code tidemark watermarks list}: how far the data of pipelines is proven. */
final class WatermarksListCommand implements Command {
    private final Syntax syntax =
            new Syntax(
                    "list",
                    this,
                    "Lists where watermarks stand, and for which interval each waits.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<String>> pipeline =
            syntax.option("--pipeline=NAME", String.class, "Only those of this pipeline.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON array.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.readOrNothing()) {
            List<WatermarkView> all =
                    pipeline.value()
                            .map(name -> store.watermarks(List.of(name)))
                            .orElseGet(store::watermarks);
            List<WatermarkText> texts =
                    all.stream().map(view -> WatermarkText.of(store, view)).toList();
            syntax.out().print(json.value() ? json(texts) + "\n" : table(texts));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static String table(List<WatermarkText> all) {
        if (all.isEmpty()) {
            return "No watermarks: no run of a task that advances one has succeeded yet.\n";
        }
        return new Table(
                        List.of(
                                Column.text("PIPELINE"),
                                Column.text("WATERMARK"),
                                Column.text("STANDS AT"),
                                Column.text("WAITS FOR"),
                                Column.number("AHEAD")),
                        all.stream().map(WatermarksListCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(WatermarkText it) {
        return List.of(
                Cell.of(it.view().key().pipeline()),
                Cell.of(it.view().key().watermark()),
                Cell.of(it.place()),
                Cell.of(it.waitsFor()),
                Cell.of(String.valueOf(it.view().kept().ahead().size())));
    }

    private static String json(List<WatermarkText> all) {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        all.forEach(it -> it.write(root.addObject()));
        return JsonMapper.shared().writeValueAsString(root);
    }
}
