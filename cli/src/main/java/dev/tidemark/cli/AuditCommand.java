package dev.tidemark.cli;

import dev.tidemark.Asset;
import dev.tidemark.Partition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Tone;
import dev.tidemark.core.Timetable;
import dev.tidemark.data.Audit;
import dev.tidemark.data.Audited;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark audit}: whether what is published is what the manifests say. */
final class AuditCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "audit",
                    this,
                    "Reads what a pipeline has published, and says where it is not what the"
                            + " manifests say, or where these do not follow each other.",
                    "It changes nothing, and ends with 1 where it finds something.");

    private final PipelineOption pipeline = new PipelineOption(syntax);
    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<String>> asset =
            syntax.option("--asset=NAME", String.class, "Only this asset.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON array.");

    AuditCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    /** A partition of an asset, as the runs know it. */
    private record Piece(String asset, String partition) {}

    /**
     * What the store knows of a partition.
     *
     * @param hashes of the manifests that runs left
     */
    private record Known(Partition partition, List<String> hashes) {}

    private record Finding(Piece piece, Audit audit) {}

    @Override
    public ExitCode run() {
        PipelineCode code = pipeline.load(state.made(), clock);
        List<Finding> findings = new ArrayList<>();
        try (StoreReader store = state.readOrNothing()) {
            Map<String, Asset> assets = assets(code);
            known(code.pipeline().definition(), store)
                    .forEach(
                            (piece, known) ->
                                    findings.add(
                                            new Finding(
                                                    piece,
                                                    audit(
                                                            code,
                                                            Optional.ofNullable(
                                                                    assets.get(piece.asset())),
                                                            known))));
        }
        syntax.out().print(json.value() ? json(findings) + "\n" : text(findings));
        syntax.out().flush();
        return findings.stream().allMatch(it -> it.audit().faults().isEmpty())
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private static Map<String, Asset> assets(PipelineCode code) {
        Map<String, Asset> assets = new TreeMap<>();
        for (TaskDefinition task : code.pipeline().definition().tasks()) {
            code.pipeline()
                    .body(task.name())
                    .produces()
                    .forEach(each -> assets.put(each.name(), each));
        }
        return assets;
    }

    private Map<Piece, Known> known(PipelineDefinition definition, StoreReader store) {
        Timetable timetable = Timetable.of(definition.timing());
        Map<Piece, Known> known = new LinkedHashMap<>();
        RunFilter all = RunFilter.ALL.pipeline(definition.name()).limit(RunFilter.MAX_LIMIT_RUNS);
        List<RunView> runs = store.runs(all);
        if (runs.size() == RunFilter.MAX_LIMIT_RUNS) {
            System.err.println(
                    "Only what the latest "
                            + RunFilter.MAX_LIMIT_RUNS
                            + " runs published is looked at.");
        }
        for (RunView run : runs.reversed()) {
            Partition partition = timetable.partition(run.identity().interval());
            for (ManifestView it : store.manifests(run.number())) {
                if (asset.value().orElse(it.asset()).equals(it.asset())) {
                    known.computeIfAbsent(
                                    new Piece(it.asset(), it.partition()),
                                    _ -> new Known(partition, new ArrayList<>()))
                            .hashes()
                            .add(it.evidence().manifestHash());
                }
            }
        }
        return known;
    }

    private Audit audit(PipelineCode code, Optional<Asset> asset, Known known) {
        if (asset.isEmpty() || !(asset.get() instanceof Audited audited)) {
            return new Audit(
                    List.of(),
                    Audit.Content.MANIFESTS_ONLY,
                    List.of(
                            "no task says that it produces(…) it, so nobody knows where it lies;"
                                    + " name the target there"));
        }
        Audit found =
                audited.audit(
                        new AuditBoundary(
                                known.partition(),
                                state.made().data(),
                                code.folder(),
                                clock.instant()));
        List<String> faults = new ArrayList<>(found.faults());
        known.hashes().stream()
                .filter(hash -> !found.chain().contains(hash))
                .forEach(
                        hash ->
                                faults.add(
                                        "a run published manifest "
                                                + hash
                                                + ", which is not there any more"));
        return new Audit(found.chain(), found.content(), faults);
    }

    private static String text(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing was published yet, as far as is known here.\n";
        }
        StringBuilder text =
                new StringBuilder(
                        new Table(
                                        List.of(
                                                Column.text("ASSET"),
                                                Column.text("PARTITION"),
                                                Column.number("VERSIONS"),
                                                Column.text("LOOKED AT"),
                                                Column.text("FOUND")),
                                        findings.stream().map(AuditCommand::row).toList())
                                .render(Terminal.ofStandardOutput()));
        for (Finding it : findings) {
            for (String fault : it.audit().faults()) {
                text.append(it.piece().asset())
                        .append(' ')
                        .append(it.piece().partition())
                        .append(": ")
                        .append(fault)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<Cell> row(Finding it) {
        boolean isSound = it.audit().faults().isEmpty();
        return List.of(
                Cell.of(it.piece().asset()),
                Cell.of(it.piece().partition()),
                Cell.of(String.valueOf(it.audit().chain().size())),
                Cell.of(RunReport.word(it.audit().content())),
                new Cell(isSound ? "as published" : "altered", isSound ? Tone.GOOD : Tone.BAD));
    }

    private static String json(List<Finding> findings) {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        for (Finding it : findings) {
            ObjectNode node =
                    root.addObject()
                            .put("asset", it.piece().asset())
                            .put("partition", it.piece().partition())
                            .put("looked_at", RunReport.word(it.audit().content()))
                            .put("as_published", it.audit().faults().isEmpty());
            ArrayNode chain = node.putArray("manifests");
            it.audit().chain().forEach(chain::add);
            ArrayNode faults = node.putArray("faults");
            it.audit().faults().forEach(faults::add);
        }
        return JsonMapper.shared().writeValueAsString(root);
    }
}
