package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.PoolUse;
import dev.tidemark.engine.Snapshot;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark pools list}: the pools there are, and how much of them is used. */
final class PoolsListCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "list",
                    this,
                    "Lists the pools that have a limit, and those without one that tasks hold or"
                            + " wait for at the moment.");

    private final StateOptions state = new StateOptions(syntax);
    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    PoolsListCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.readOrNothing()) {
            List<PoolUse> pools = Snapshot.of(store, clock.instant()).pools(clock.instant());
            syntax.out().print(json.value() ? json(pools) + "\n" : table(pools));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static String table(List<PoolUse> pools) {
        if (pools.isEmpty()) {
            return "No pools.\n";
        }
        return new Table(
                        List.of(
                                Column.text("POOL"),
                                Column.text("LIMIT"),
                                Column.number("HELD"),
                                Column.number("WAITING"),
                                Column.number("STARTS")),
                        pools.stream().map(PoolsListCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(PoolUse use) {
        return List.of(
                Cell.of(use.pool().label()),
                Cell.of(use.limit().map(PoolText::limit).orElse("not set: no limit")),
                Cell.of(Units.count(use.held())),
                Cell.of(Units.count(use.waiting())),
                Cell.of(Units.count(use.starts())));
    }

    private static String json(List<PoolUse> pools) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode array = root.putArray("pools");
        for (PoolUse use : pools) {
            ObjectNode pool = array.addObject().put("pool", use.pool().pool());
            pool.put("value", use.pool().value().orElse(null));
            use.limit()
                    .ifPresentOrElse(
                            limit -> pool.put("slots", limit.slots()), () -> pool.putNull("slots"));
            use.limit().stream()
                    .flatMapToInt(limit -> limit.startsPerMinute().stream())
                    .findFirst()
                    .ifPresentOrElse(
                            rate -> pool.put("starts_per_minute", rate),
                            () -> pool.putNull("starts_per_minute"));
            pool.put("held", use.held()).put("waiting", use.waiting());
            pool.put("starts_of_minute", use.starts());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
