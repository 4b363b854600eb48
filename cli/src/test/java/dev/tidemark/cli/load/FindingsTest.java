package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Effects;
import dev.tidemark.cli.inspect.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of a task's code, in sources, in jars, and where it was found before. */
class FindingsTest {
    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
        desk.write(
                "Flow.java",
                Desk.pipeline("Flow", "flow").replace("\"done\"", "Helper.help() + new Lost()"));
        desk.write("Helper.java", helper("System.exit(1);"));
        desk.write("Lost.java", "class Lost {}");
    }

    private static String helper(String statement) {
        return "class Helper { static String help() { " + statement + " return \"\"; } }";
    }

    @Test
    void whatWasFoundIsKeptWithTheVersion() throws IOException {
        LoadedPipeline first = desk.load("Flow.java");
        Path kept = desk.kept(first).resolve(KeptFindings.FILE);
        String body = withoutSeal(Files.readString(kept)).replace("System.exit", "x.y");
        Files.writeString(kept, body + Version.seal(body) + "\n");

        assertThat(reason(first)).isEqualTo("calls java.lang.System.exit (Helper.java:1)");
        assertThat(reason(desk.load("Flow.java"))).isEqualTo("calls java.lang.x.y (Helper.java:1)");
    }

    @Test
    void keptFindingsThatAreDamagedOrOfOthersAreNone() throws IOException {
        LoadedPipeline first = desk.load("Flow.java");
        Path kept = desk.kept(first).resolve(KeptFindings.FILE);
        String whole = Files.readString(kept);
        String changed = whole.replace("System.exit", "x.y");
        String older = withoutSeal(changed).replaceFirst("java \\d+", "java 24");

        for (String other : List.of("", changed, older + Version.seal(older) + "\n")) {
            Files.writeString(kept, other);

            assertThat(desk.load("Flow.java").findings()).isEqualTo(first.findings());
            assertThat(Files.readString(kept)).isEqualTo(whole);
        }
    }

    @Test
    void toKeepThemIsNoUseOfTheVersionByAnotherClock() throws IOException {
        desk.advance(Duration.ofMinutes(1));
        Path kept = desk.kept(desk.load("Flow.java"));

        assertThat(Files.getLastModifiedTime(kept).toInstant()).isEqualTo(desk.now());
        try (var files = Files.list(kept)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("index", "pipeline.jar", "findings");
        }
    }

    @Test
    void librariesBesideAJarAreLookedAtEachTime() throws IOException {
        Map<String, byte[]> classes = compiled();
        Map<String, byte[]> helper = without(classes, "Helper.class");
        Path jar = jar("thin.jar", classes, "helper.jar");
        jar("helper.jar", helper, "");

        assertThat(reason(desk.load(jar))).contains("System.exit");

        desk.write("Helper.java", helper(""));
        jar("helper.jar", without(compiled(), "Helper.class"), "");

        assertThat(effects(desk.load(jar)).kind()).isEqualTo(Effects.Kind.FENCED);
    }

    @Test
    void classesThatAreMissingOrDamagedAreReasons() throws IOException {
        Map<String, byte[]> classes = compiled();
        without(classes, "Helper.class");
        Path missing = jar("missing.jar", classes, "");
        classes.put("Helper.class", new byte[] {1, 2, 3});
        Path damaged = jar("damaged.jar", classes, "");
        byte[] cut = Objects.requireNonNull(compiled().get("Helper.class"));
        java.util.Arrays.fill(cut, cut.length / 2, cut.length, (byte) 0xEE);
        classes.put("Helper.class", cut);
        Path garbled = jar("garbled.jar", classes, "");

        assertThat(found(desk.load(missing)))
                .isEqualTo(hidden("needs the class Helper, which is missing (Flow.java:11)"));
        assertThat(found(desk.load(damaged))).isEqualTo(hidden("its class Helper cannot be read"));
        assertThat(found(desk.load(garbled))).isEqualTo(hidden("its class Helper cannot be read"));
    }

    private static Finding hidden(String reason) {
        return new Finding(new Effects(Effects.Kind.UNKNOWN, reason), false);
    }

    private static Finding found(LoadedPipeline loaded) {
        return Objects.requireNonNull(loaded.findings().get("only"));
    }

    private static Effects effects(LoadedPipeline loaded) {
        return loaded.pipeline().definition().tasks().getFirst().effects();
    }

    private static String reason(LoadedPipeline loaded) {
        return effects(loaded).reason();
    }

    private static String withoutSeal(String text) {
        return text.substring(0, text.stripTrailing().lastIndexOf('\n') + 1);
    }

    private Map<String, byte[]> compiled() throws IOException {
        Path cached = desk.kept(desk.load("Flow.java")).resolve(CacheEntry.JAR);
        Map<String, byte[]> classes = new HashMap<>();
        try (JarFile jar = new JarFile(cached.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                classes.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        }
        return classes;
    }

    /** Takes a class out, and returns it alone. */
    private static Map<String, byte[]> without(Map<String, byte[]> classes, String name) {
        return Map.of(name, Objects.requireNonNull(classes.remove(name)));
    }

    private Path jar(String name, Map<String, byte[]> entries, String classPath)
            throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = temp.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new JarEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return jar;
    }
}
