package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

class JarsTest {
    private static final int JAVA_99 = 99 + 44;

    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
        desk.write("flow/Flights.java", Desk.pipeline("Flights", "flights"));
        desk.write("flow/Weather.java", Desk.pipelineThat("Weather", "Helper.check();"));
        desk.write("flow/Helper.java", "class Helper { static void check() {} }");
    }

    @Test
    void theOnlyPipelineInAJarIsFound() throws IOException {
        Map<String, byte[]> classes = compiled();
        classes.remove("Flights.class");
        Path jar = jar("app.jar", classes, Map.of());

        LoadedPipeline loaded = desk.load(jar);

        assertThat(loaded.pipeline().definition().name()).isEqualTo("any");
        assertThat(loaded.folder()).isEqualTo(temp);
    }

    @Test
    void ofSeveralOneIsNamedByTheUserOrTheManifest() throws IOException {
        Path plain = jar("plain.jar", compiled(), Map.of());
        Path marked = jar("marked.jar", compiled(), Map.of("Tidemark-Pipeline", "Flights"));

        assertThat(desk.errorOf(plain))
                .isEqualTo(
                        plain
                                + " has 2 pipelines: Flights, Weather. Say which, as in "
                                + plain
                                + "#Flights");
        assertThat(desk.nameIn("plain.jar#Flights")).isEqualTo("flights");
        assertThat(desk.nameIn("marked.jar")).isEqualTo("flights");
        assertThat(desk.nameIn("marked.jar#Weather")).isEqualTo("any");
        assertThat(desk.load(marked).version())
                .isNotEqualTo(desk.load("plain.jar#Flights").version());
    }

    @Test
    void aCopyHasTheSameVersionAndIsReadFromTheCache() throws IOException {
        Path jar = jar("app.jar", compiled(), Map.of("Tidemark-Pipeline", "Weather"));
        LoadedPipeline loaded = desk.load(jar);
        Files.createDirectories(temp.resolve("elsewhere"));
        Path copy = Files.copy(jar, temp.resolve("elsewhere/renamed.jar"));

        assertThat(desk.load(copy).version()).isEqualTo(loaded.version());
        Files.writeString(jar, "a build is writing this jar anew");
        assertThat(loaded.classes().getResource("Helper.class")).isNotNull();
    }

    @Test
    void aManifestThatNamesNoClassOfTheJar() throws IOException {
        Path absent = jar("absent.jar", compiled(), Map.of("Tidemark-Pipeline", "acme.Nothing"));
        Path other = jar("other.jar", compiled(), Map.of("Tidemark-Pipeline", "Helper"));

        assertThat(desk.errorOf(absent)).isEqualTo(absent + " has no class acme.Nothing");
        assertThat(desk.errorOf(other))
                .isEqualTo("Helper of " + other + " does not implement PipelineSource");
    }

    @Test
    void jarsOfTheManifestsClassPathLieBesideTheJar() throws IOException {
        Map<String, byte[]> all = compiled();
        Map<String, byte[]> helper = new LinkedHashMap<>(all);
        helper.keySet().removeIf(name -> !name.equals("Helper.class"));
        all.remove("Helper.class");
        all.remove("Flights.class");
        Files.createDirectories(temp.resolve("lib"));
        jar("lib/helper.jar", helper, Map.of());
        Path jar = jar("thin.jar", all, Map.of("Class-Path", "lib/helper.jar lib/absent.jar"));
        Path alone = jar("alone.jar", all, Map.of());

        // The package-private helper must come from the same loader.
        assertThat(desk.load(jar).pipeline().definition().name()).isEqualTo("any");
        assertThat(desk.errorOf(alone))
                .isEqualTo(
                        "Weather.pipeline() needs the class Helper, which is neither in "
                                + alone
                                + " nor in Tidemark");
    }

    @Test
    void resourcesOfAJarAreItsOwn() throws IOException {
        Map<String, byte[]> entries = compiled();
        entries.put("query.sql", "select 1".getBytes(StandardCharsets.UTF_8));
        desk.write("beside.sql", "select 2");
        Path jar = jar("app.jar", entries, Map.of("Tidemark-Pipeline", "Flights"));

        ClassLoader classes = desk.load(jar).classes();

        assertThat(classes.getResource("query.sql")).isNotNull();
        assertThat(classes.getResource("beside.sql")).isNull();
    }

    @Test
    void aClassForANewerJava() throws IOException {
        Map<String, byte[]> entries = compiled();
        entries.remove("Weather.class");
        byte[] newer = Objects.requireNonNull(entries.get("Flights.class"));
        newer[7] = (byte) JAVA_99;
        Path jar = jar("newer.jar", entries, Map.of());

        assertThat(desk.errorOf(jar))
                .startsWith("Flights in " + jar + " was compiled for Java 99, and this is Java ")
                .endsWith("or run Tidemark with Java 99");
    }

    @Test
    void aJarWithoutAPipeline() throws IOException {
        Map<String, byte[]> entries = compiled();
        entries.keySet().removeIf(name -> !name.equals("Helper.class"));
        Path jar = jar("none.jar", entries, Map.of());

        assertThat(desk.errorOf(jar)).startsWith(jar + " has no pipeline: ");
    }

    @Test
    void aFileThatIsNoJar() {
        Path jar = desk.write("fake.jar", "PK, or so it says");

        assertThat(desk.errorOf(jar)).startsWith("cannot read " + jar + ": it is not a jar");
    }

    @Test
    void aDamagedClassInAJar() throws IOException {
        Map<String, byte[]> entries = compiled();
        entries.put("Flights.class", new byte[] {1, 2, 3});
        Path jar = jar("damaged.jar", entries, Map.of());

        assertThat(desk.errorOf(desk.folder.resolve("damaged.jar#Flights")))
                .isEqualTo(jar + " has no pipeline Flights; it has Weather");
    }

    /** The classes of the folder, as the compiler made them. */
    private Map<String, byte[]> compiled() throws IOException {
        Path cached = desk.kept(desk.load("flow#Flights")).resolve(CacheEntry.JAR);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (JarFile jar = new JarFile(cached.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                classes.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        }
        return classes;
    }

    private Path jar(String name, Map<String, byte[]> entries, Map<String, String> attributes)
            throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(
                (key, value) -> manifest.getMainAttributes().put(new Attributes.Name(key), value));
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
