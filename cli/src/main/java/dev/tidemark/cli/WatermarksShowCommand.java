package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.WatermarkMove;
import dev.tidemark.store.WatermarkView;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark watermarks show}: how the watermarks of a pipeline came where they stand. */
final class WatermarksShowCommand implements Command {
    private static final int DEFAULT_MOVES = 20;

    private final Syntax syntax =
            new Syntax(
                    "show",
                    this,
                    "Shows where the watermarks of a pipeline stand, and how they moved: by which"
                            + " run, or by whom and why.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> pipeline =
            syntax.parameter("PIPELINE", String.class, "The pipeline's name.");

    private final Given<Optional<String>> watermark =
            syntax.option("--watermark=NAME", String.class, "Only this watermark.");

    private final Given<Integer> limit =
            syntax.option(
                    "--limit=N", Integer.class, DEFAULT_MOVES, "How many moves, latest first.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON array.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.readOrNothing()) {
            List<WatermarkView> views =
                    store.watermarks(List.of(pipeline.value())).stream()
                            .filter(
                                    it ->
                                            watermark
                                                    .value()
                                                    .orElse(it.key().watermark())
                                                    .equals(it.key().watermark()))
                            .toList();
            if (views.isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_REQUEST,
                        "no watermark of "
                                + pipeline.value()
                                + watermark.value().map(name -> " named " + name).orElse("")
                                + " ever stood anywhere; watermarks list shows those that did");
            }
            ArrayNode root = JsonNodeFactory.instance.arrayNode();
            for (WatermarkView view : views) {
                WatermarkText text = WatermarkText.of(store, view);
                List<WatermarkMove> moves = store.watermarkMoves(view.key(), limit.value());
                if (json.value()) {
                    write(root.addObject(), text, moves);
                } else {
                    print(text, moves);
                }
            }
            if (json.value()) {
                syntax.out().println(JsonMapper.shared().writeValueAsString(root));
            }
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private void print(WatermarkText text, List<WatermarkMove> moves) {
        int ahead = text.view().kept().ahead().size();
        syntax.out().println(text.view().key() + ": " + text.place());
        if (!text.waitsFor().isEmpty()) {
            syntax.out().println("waits for " + text.waitsFor() + "; " + ahead + " proven ahead");
        }
        syntax.out()
                .print(
                        new Table(
                                        List.of(
                                                Column.text("MOVED AT"),
                                                Column.text("FROM"),
                                                Column.text("TO"),
                                                Column.text("BY")),
                                        moves.stream().map(it -> row(text, it)).toList())
                                .render(Terminal.ofStandardOutput()));
    }

    private static List<Cell> row(WatermarkText text, WatermarkMove move) {
        return List.of(
                Cell.of(text.local(move.at())),
                Cell.of(move.moved().from().map(text::local).orElse("")),
                Cell.of(text.local(move.moved().to())),
                Cell.of(move.moved().reason()));
    }

    private static void write(ObjectNode json, WatermarkText text, List<WatermarkMove> moves) {
        text.write(json);
        ArrayNode all = json.putArray("moves");
        for (WatermarkMove it : moves) {
            ObjectNode move = all.addObject().put("moved_at", it.at().toString());
            it.moved().from().ifPresent(from -> move.put("from", from.toString()));
            move.put("to", it.moved().to().toString()).put("by", it.moved().reason());
        }
    }
}
