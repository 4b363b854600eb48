package dev.tidemark.cli.load;

import dev.tidemark.Effects;
import dev.tidemark.cli.inspect.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What looks at a version's code found, in the file {@value #FILE} of its entry in the cache. To
 * look takes longer than all the rest of loading. Where the file is not whole, the code is looked
 * at again.
 */
final class KeptFindings {
    static final String FILE = "findings";

    /** A file above this is none, and none such is written. */
    private static final long MAX_BYTES = 4L << 20;

    private static final int PARTS = 4;

    private final String head;

    /**
     * Findings of one version.
     *
     * @param lookedAtBy findings by something else are none
     */
    KeptFindings(String version, String lookedAtBy) {
        this.head = "tidemark findings 1\n" + version + "\n" + lookedAtBy + "\n";
    }

    /** Reads what there is. */
    Map<String, Finding> read(Path entry) {
        Map<String, Finding> findings = new HashMap<>();
        Path file = entry.resolve(FILE);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return findings;
            }
            String text = Files.readString(file);
            int end = text.stripTrailing().lastIndexOf('\n') + 1;
            String body = text.substring(0, end);
            if (body.startsWith(head) && text.substring(end).strip().equals(Version.seal(body))) {
                body.substring(head.length()).lines().forEach(line -> parse(line, findings));
            }
        } catch (IOException _) {
            // Gone or damaged: all the same, the code is looked at again.
            findings.clear();
        }
        return findings;
    }

    /** Writes into an entry. Where that is not allowed, the next start takes longer. */
    void write(Cache cache, Path entry, Map<String, Finding> findings) {
        StringBuilder body = new StringBuilder(head);
        new TreeMap<>(findings).forEach((code, finding) -> body.append(line(code, finding)));
        if (body.length() < MAX_BYTES / 2) {
            cache.keep(entry, FILE, body + Version.seal(body.toString()) + "\n");
        }
    }

    private static String line(String code, Finding finding) {
        Effects effects = finding.effects();
        String line =
                String.join(
                        "\t",
                        effects.kind().name(),
                        String.valueOf(finding.visibleToVerify()),
                        effects.reason(),
                        code);
        // A class file may use any name, even one with tabs and lines in it.
        return line.lines().count() == 1 && line.split("\t", -1).length == PARTS ? line + "\n" : "";
    }

    private static void parse(String line, Map<String, Finding> findings) {
        String[] parts = line.split("\t", PARTS);
        findings.put(
                parts[3],
                new Finding(
                        new Effects(Effects.Kind.valueOf(parts[0]), parts[2]),
                        Boolean.parseBoolean(parts[1])));
    }
}
