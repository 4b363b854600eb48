package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.Consumption;
import dev.tidemark.FencingToken;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link Manifest} as a JSON document: compact, its fields always in the same order, so that one
 * manifest has one document and one hash.
 */
final class ManifestJson {
    static final String FORMAT = "tidemark-manifest/1";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ManifestJson() {}

    static String write(Manifest manifest) {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
        writePiece(json, manifest.piece());
        writeOrigin(json, manifest.origin());
        for (Consumption input : manifest.inputs()) {
            json.withArray("inputs")
                    .addObject()
                    .put("source", input.source())
                    .put("partition", input.partition())
                    .put("version", input.version())
                    .put("rows", input.rows())
                    .put("bytes", input.bytes());
        }
        writeOutput(json.putObject("output"), manifest.output());
        writeOutcome(json, manifest.outcome());
        return json.toString();
    }

    private static void writePiece(ObjectNode json, Manifest.Piece piece) {
        json.put("asset", piece.asset());
        json.putObject("partition")
                .put("key", piece.partition().key())
                .put("start", piece.partition().interval().start().toString())
                .put("end", piece.partition().interval().end().toString())
                .put("zone", piece.partition().zone().getId());
        json.put("version", piece.version()).put("previous", piece.previous().orElse(null));
    }

    private static void writeOrigin(ObjectNode json, Manifest.Origin origin) {
        writeWriter(json.putObject("writer"), origin.writer());
        writeToken(json.putObject("token"), origin.token());
        ObjectNode parameters = json.putObject("parameters");
        origin.parameters().forEach(parameters::put);
        json.put("started", origin.started().toString()).put("ended", origin.ended().toString());
        json.putArray("inputs");
    }

    static void writeWriter(ObjectNode json, Boundary.Writer writer) {
        json.put("pipeline", writer.pipeline())
                .put("version", writer.version())
                .put("run", writer.run())
                .put("task", writer.task())
                .put("attempt", writer.attempt());
    }

    static void writeToken(ObjectNode json, FencingToken token) {
        json.put("issuer", token.issuer()).put("number", token.number());
    }

    private static void writeOutput(ObjectNode json, Manifest.Output output) {
        json.put("location", output.location()).put("bytes", output.bytes());
        writeParts(json, "files", output.files());
        writeParts(json, "rejected", output.rejected());
        json.putArray("columns");
        for (Column column : output.schema().columns()) {
            json.withArray("columns")
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type().name());
        }
        json.put("schemaFingerprint", output.schemaFingerprint())
                .put("contentHash", output.contentHash());
    }

    private static void writeParts(ObjectNode json, String field, List<Manifest.Part> parts) {
        json.putArray(field);
        for (Manifest.Part part : parts) {
            json.withArray(field)
                    .addObject()
                    .put("name", part.name())
                    .put("rows", part.rows())
                    .put("bytes", part.bytes())
                    .put("sha256", part.sha256());
        }
    }

    private static void writeOutcome(ObjectNode json, Manifest.Outcome outcome) {
        json.putObject("rows")
                .put("read", outcome.rows().read())
                .put("accepted", outcome.rows().accepted())
                .put("rejected", outcome.rows().rejected())
                .put("filtered", outcome.rows().filtered())
                .put("published", outcome.rows().published());
        json.putArray("checks");
        for (CheckResult check : outcome.checks()) {
            json.withArray("checks")
                    .addObject()
                    .put("name", check.name())
                    .put("expected", check.expected())
                    .put("actual", check.actual())
                    .put("passed", check.passed())
                    .put("verdict", check.verdict().name());
        }
    }

    /** See {@link ManifestReader#read}. */
    static Manifest read(String document) {
        return ManifestReader.read(document);
    }

    static Boundary.Writer readWriter(JsonNode json) {
        return ManifestReader.readWriter(json);
    }

    static FencingToken readToken(JsonNode json) {
        return ManifestReader.readToken(json);
    }
}
