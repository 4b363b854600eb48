package dev.tidemark.cli;

import dev.tidemark.store.ManifestView;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What manifests say of checks that found something else than expected, and stopped nothing. */
final class CheckLines {
    /** Warnings that are shown; more say little more. */
    private static final int MOST_WARNINGS = 20;

    private CheckLines() {}

    /** The checks of a manifest, as it says them. */
    static JsonNode checks(ManifestView manifest) {
        return JsonMapper.shared().readTree(manifest.evidence().manifest()).path("checks");
    }

    /** A line each, up to a number of them. */
    static String warnings(Stream<ManifestView> manifests) {
        List<String> lines =
                manifests.flatMap(CheckLines::warnings).limit(MOST_WARNINGS + 1L).toList();
        StringBuilder text = new StringBuilder();
        lines.stream().limit(MOST_WARNINGS).forEach(line -> text.append(line).append('\n'));
        if (lines.size() > MOST_WARNINGS) {
            text.append("There are more warnings; --json has all of them.\n");
        }
        return text.toString();
    }

    private static Stream<String> warnings(ManifestView manifest) {
        return checks(manifest)
                .valueStream()
                .filter(check -> check.path("verdict").stringValue("").equals("WARNED"))
                .map(
                        check ->
                                "warning: %s %s: %s: expected %s, found %s"
                                        .formatted(
                                                manifest.asset(),
                                                manifest.partition(),
                                                check.path("name").stringValue(""),
                                                check.path("expected").stringValue(""),
                                                check.path("actual").stringValue("")));
    }
}
