package dev.tidemark.cli;

import dev.tidemark.cli.show.Units;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark manifest}: the audit receipt of a run, which is the list of its manifests. */
final class ManifestCommand implements Command {
    private final Syntax syntax =
            new Syntax(
                    "manifest",
                    this,
                    "Prints what a run left as evidence: for each partition it published the"
                            + " manifest, with its hash and that of the manifest before it.",
                    "It ends with 1 where a manifest is not the one its hash was taken of.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);

    private final Given<Optional<String>> asset =
            syntax.option("--asset=NAME", String.class, "Only what was published of this asset.");

    private final Given<Boolean> json =
            syntax.flag("--json", "Prints one JSON object, with the manifests as they are kept.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.read()) {
            RunView meant = run.in(store);
            List<ManifestView> manifests =
                    store.manifests(meant.number()).stream()
                            .filter(it -> asset.value().orElse(it.asset()).equals(it.asset()))
                            .toList();
            syntax.out()
                    .print(json.value() ? json(meant, manifests) + "\n" : text(meant, manifests));
            syntax.out().flush();
            return manifests.stream().allMatch(ManifestCommand::isIntact)
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        }
    }

    private static boolean isIntact(ManifestView it) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(it.evidence().manifest().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).equals(it.evidence().manifestHash());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String json(RunView run, List<ManifestView> manifests) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pipeline", run.pipeline())
                .put("run_id", run.name())
                .put("run", run.number())
                .put("state", RunReport.word(run.state()));
        ArrayNode all = root.putArray("manifests");
        for (ManifestView it : manifests) {
            all.addObject()
                    .put("hash", it.evidence().manifestHash())
                    .put("intact", isIntact(it))
                    .set("manifest", document(it));
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static JsonNode document(ManifestView it) {
        return JsonMapper.shared().readTree(it.evidence().manifest());
    }

    private static String text(RunView run, List<ManifestView> manifests) {
        StringBuilder text =
                new StringBuilder(
                        "%s of %s: %s%n"
                                .formatted(
                                        run.name(), run.pipeline(), RunReport.word(run.state())));
        if (manifests.isEmpty()) {
            return text.append("It published nothing.\n").toString();
        }
        manifests.forEach(it -> text.append('\n').append(text(it)));
        return text.toString();
    }

    private static String text(ManifestView it) {
        JsonNode json = document(it);
        JsonNode output = json.path("output");
        StringBuilder text =
                new StringBuilder(
                        "%s %s, version %d%n"
                                .formatted(
                                        it.asset(),
                                        it.partition(),
                                        it.evidence().receipt().version()));
        line(text, "manifest", it.evidence().manifestHash() + (isIntact(it) ? "" : ALTERED));
        line(text, "follows", json.path("previous").stringValue("none"));
        line(
                text,
                "written by",
                "%s, attempt %d, token %d"
                        .formatted(
                                it.task().label(),
                                json.path("writer").path("attempt").intValue(0),
                                it.token()));
        line(text, "code", json.path("writer").path("version").stringValue(""));
        line(
                text,
                "when",
                json.path("started").stringValue("") + " to " + json.path("ended").stringValue(""));
        json.path("parameters")
                .propertyStream()
                .forEach(each -> line(text, "parameter", each.getKey() + "=" + each.getValue()));
        lines(text, "read", json.path("inputs").valueStream().map(ManifestCommand::input));
        var rows = it.evidence().receipt().rows();
        line(
                text,
                "rows",
                "%s read = %s accepted + %s rejected + %s filtered; %s published"
                        .formatted(
                                Units.count(rows.read()),
                                Units.count(rows.accepted()),
                                Units.count(rows.rejected()),
                                Units.count(rows.filtered()),
                                Units.count(rows.published())));
        line(text, "lies in", output.path("location").stringValue(""));
        line(text, "content", it.evidence().receipt().contentHash());
        line(text, "columns", output.path("schemaFingerprint").stringValue(""));
        lines(text, "check", json.path("checks").valueStream().map(ManifestCommand::check));
        return text.toString();
    }

    private static final String ALTERED = ", which is NOT the hash of what is kept: it was altered";

    private static String input(JsonNode input) {
        return "%s %s, version %s, %s rows"
                .formatted(
                        input.path("source").stringValue(""),
                        input.path("partition").stringValue(""),
                        input.path("version").stringValue(""),
                        Units.count(input.path("rows").longValue(0)));
    }

    private static String check(JsonNode check) {
        return "%s: expected %s, found %s"
                .formatted(
                        check.path("name").stringValue(""),
                        check.path("expected").stringValue(""),
                        check.path("actual").stringValue(""));
    }

    private static void lines(StringBuilder text, String what, Stream<String> values) {
        values.forEach(value -> line(text, what, value));
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("  %-11s %s%n".formatted(what, value));
    }
}
