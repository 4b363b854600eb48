package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.FencingToken;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.RowCounts;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link ManifestJson} wrote. */
final class ManifestReader {
    private ManifestReader() {}

    /**
     * @throws TidemarkException {@link ErrorCode#EVIDENCE_MISMATCH} where the document is no
     *     manifest
     */
    static Manifest read(String document) {
        try {
            JsonNode json = JsonMapper.shared().readTree(document);
            String format = text(json, "format");
            if (!format.equals(ManifestJson.FORMAT)) {
                throw unreadable(document, "its format is '" + format + "'", null);
            }
            return new Manifest(
                    readPiece(json),
                    readOrigin(json),
                    list(json, "inputs", ManifestReader::readInput),
                    readOutput(json.required("output")),
                    new Manifest.Outcome(
                            readRows(json.required("rows")),
                            list(json, "checks", ManifestReader::readCheck)));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw unreadable(document, String.valueOf(e.getMessage()), e);
        }
    }

    private static TidemarkException unreadable(
            String document, String why, @Nullable Throwable cause) {
        String start = document.substring(0, Math.min(document.length(), 80));
        return new TidemarkException(
                ErrorCode.EVIDENCE_MISMATCH,
                "this is no manifest in the form "
                        + ManifestJson.FORMAT
                        + ": "
                        + why
                        + "; it starts: "
                        + start,
                cause);
    }

    private static Manifest.Piece readPiece(JsonNode json) {
        JsonNode partition = json.required("partition");
        return new Manifest.Piece(
                text(json, "asset"),
                new Partition(
                        text(partition, "key"),
                        new Interval(instant(partition, "start"), instant(partition, "end")),
                        ZoneId.of(text(partition, "zone"))),
                number(json, "version"),
                Optional.ofNullable(json.required("previous").stringValue(null)));
    }

    private static Manifest.Origin readOrigin(JsonNode json) {
        SortedMap<String, String> parameters = new TreeMap<>();
        json.required("parameters")
                .properties()
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().stringValue()));
        return new Manifest.Origin(
                readWriter(json.required("writer")),
                readToken(json.required("token")),
                parameters,
                instant(json, "started"),
                instant(json, "ended"));
    }

    static Boundary.Writer readWriter(JsonNode json) {
        return new Boundary.Writer(
                text(json, "pipeline"),
                text(json, "version"),
                text(json, "run"),
                text(json, "task"),
                json.required("attempt").intValue());
    }

    static FencingToken readToken(JsonNode json) {
        return new FencingToken(text(json, "issuer"), number(json, "number"));
    }

    private static Consumption readInput(JsonNode json) {
        return new Consumption(
                text(json, "source"),
                text(json, "partition"),
                text(json, "version"),
                number(json, "rows"),
                number(json, "bytes"));
    }

    private static Manifest.Output readOutput(JsonNode json) {
        return new Manifest.Output(
                text(json, "location"),
                list(json, "files", ManifestReader::readPart),
                list(json, "rejected", ManifestReader::readPart),
                Schema.of(list(json, "columns", ManifestReader::readColumn)),
                text(json, "contentHash"));
    }

    private static Manifest.Part readPart(JsonNode json) {
        return new Manifest.Part(
                text(json, "name"),
                number(json, "rows"),
                number(json, "bytes"),
                text(json, "sha256"));
    }

    private static Column readColumn(JsonNode json) {
        return new Column(text(json, "name"), ColumnType.valueOf(text(json, "type")));
    }

    private static RowCounts readRows(JsonNode json) {
        return new RowCounts(
                number(json, "read"),
                number(json, "accepted"),
                number(json, "rejected"),
                number(json, "filtered"),
                number(json, "published"));
    }

    private static CheckResult readCheck(JsonNode json) {
        return new CheckResult(
                text(json, "name"), text(json, "expected"), text(json, "actual"), verdict(json));
    }

    /** Manifests of before checks could warn only say whether one passed. */
    private static CheckResult.Verdict verdict(JsonNode json) {
        if (json.has("verdict")) {
            return CheckResult.Verdict.valueOf(text(json, "verdict"));
        }
        return json.required("passed").booleanValue()
                ? CheckResult.Verdict.PASSED
                : CheckResult.Verdict.FAILED;
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> element) {
        List<T> list = new ArrayList<>();
        json.required(field).forEach(node -> list.add(element.apply(node)));
        return list;
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).stringValue();
    }

    private static long number(JsonNode json, String field) {
        return json.required(field).longValue();
    }

    private static Instant instant(JsonNode json, String field) {
        return Instant.parse(text(json, field));
    }
}
