package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link LogEntry} as a JSON document that holds the visible manifest, field for field as it was
 * published, and its hash.
 */
final class LogEntryJson {
    private static final String FORMAT = "tidemark-log/1";
    private static final JsonMapper JSON = JsonMapper.shared();

    private LogEntryJson() {}

    static String write(LogEntry entry) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT).put("version", entry.version());
        ManifestJson.writeToken(json.putObject("token"), entry.token());
        ManifestJson.writeWriter(json.putObject("writer"), entry.writer());
        json.put("at", entry.at().toString());
        if (entry.visible().isEmpty()) {
            json.putNull("manifestHash").putNull("manifest");
        } else {
            VisibleVersion visible = entry.visible().get();
            json.put("manifestHash", visible.hash());
            json.set("manifest", JSON.readTree(visible.document()));
        }
        return json.toString();
    }

    /**
     * @param where the file, for the message
     * @throws TidemarkException {@link ErrorCode#EVIDENCE_MISMATCH} where the document is no entry,
     *     or its manifest was changed after it was published
     */
    static LogEntry read(String document, String where) {
        try {
            JsonNode json = JSON.readTree(document);
            if (!json.required("format").stringValue().equals(FORMAT)) {
                throw new IllegalArgumentException("its format is " + json.required("format"));
            }
            return new LogEntry(
                    json.required("version").longValue(),
                    ManifestJson.readToken(json.required("token")),
                    ManifestJson.readWriter(json.required("writer")),
                    Instant.parse(json.required("at").stringValue()),
                    readVisible(json, where));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new TidemarkException(
                    ErrorCode.EVIDENCE_MISMATCH,
                    "%s is no entry of a partition's log in the form %s: %s"
                            .formatted(where, FORMAT, e.getMessage()),
                    e);
        }
    }

    private static Optional<VisibleVersion> readVisible(JsonNode json, String where) {
        if (json.required("manifest").isNull()) {
            return Optional.empty();
        }
        String document = json.required("manifest").toString();
        String hash = json.required("manifestHash").stringValue();
        if (!Sha256.hex(document).equals(hash)) {
            throw new TidemarkException(
                    ErrorCode.EVIDENCE_MISMATCH,
                    ("the manifest in %s was changed after it was published: its hash is "
                                    + "%s, not %s. Publish the partition again")
                            .formatted(where, Sha256.hex(document), hash));
        }
        return Optional.of(new VisibleVersion(ManifestJson.read(document), document, hash));
    }
}
