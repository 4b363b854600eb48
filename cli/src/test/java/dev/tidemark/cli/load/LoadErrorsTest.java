package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadErrorsTest {
    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
    }

    @Test
    void aPathThatLeadsNowhere() {
        assertThat(desk.errorOf("Flihgts.java"))
                .isEqualTo("there is no file or folder " + temp.resolve("Flihgts.java"));
        assertThat(desk.errorOf(Path.of("no", "Such.java")))
                .isEqualTo(
                        "there is no file or folder no/Such.java in "
                                + Path.of("").toAbsolutePath());
    }

    @Test
    void aFileOfAnotherKind() {
        Path file = desk.write("flights.py", "print()");

        assertThat(desk.errorOf(file))
                .isEqualTo(
                        file
                                + " is not a pipeline; name a .java file, a folder of them, or a"
                                + " .jar");
    }

    @Test
    void aFileThatMayNotBeRead() throws IOException {
        Path file = desk.write("Flights.java", Desk.pipeline("Flights", "flights"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();

        assertThat(desk.errorOf(file)).isEqualTo("cannot read " + file + ": permission denied");
    }

    @Test
    void aFileThatIsNoText() throws IOException {
        Path file = temp.resolve("Flights.java");
        Files.write(file, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE});

        assertThat(desk.errorOf(file)).isEqualTo("cannot read " + file + ": it is not UTF-8 text");
    }

    @Test
    void anEmptyFolder() throws IOException {
        Path empty = Files.createDirectories(temp.resolve("empty/below"));

        assertThat(desk.errorOf(empty))
                .isEqualTo("folder " + empty + " has no .java file in it or below it");
    }

    @Test
    void moreSourcesThanAPipelineHas() {
        for (int i = 0; i <= SourceFile.MAX_FILES; i++) {
            desk.write("flow/A" + i + ".java", "");
        }

        assertThat(desk.errorOf("flow")).contains("there are more than 1000 source files");
    }

    @Test
    void aCompileErrorIsShownAsTheCompilerShowsIt() {
        Path file = desk.write("Flights.java", "class Flights {\n    int x = \"text\";\n}\n");

        assertThat(desk.errorOf(file))
                .isEqualTo(whatJavacSays(file))
                .startsWith(file + ":2: ")
                .contains("\n    int x = \"text\";\n            ^\n");
    }

    @Test
    void aCompileErrorNamesARelativePathAsTheUserDid() {
        Path here = Path.of("").toAbsolutePath();
        Path file = desk.write("flow/Flights.java", "class Flights { Nothing x; }");
        assumeThat(file.getRoot()).isEqualTo(here.getRoot());
        Path relative = here.relativize(file);

        assertThat(desk.errorOf(relative))
                .isEqualTo(whatJavacSays(relative))
                .startsWith(relative + ":1: ");
        assertThat(desk.errorOf(relative.resolveSibling(""))).isEqualTo(whatJavacSays(relative));
    }

    @Test
    void aFileThatIsNotJava() {
        Path file = desk.write("Flights.java", "def flights():\n    pass\n");

        assertThat(desk.errorOf(file)).isEqualTo(whatJavacSays(file)).contains("def flights():");
    }

    private String whatJavacSays(Path file) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ToolProvider.getSystemJavaCompiler()
                .run(null, said, said, "-proc:none", "-d", temp.toString(), file.toString());
        return said.toString(Charset.defaultCharset()).stripTrailing();
    }

    @Test
    void noPipelineInIt() {
        Path file = desk.write("Flights.java", "public class Flights {}");

        assertThat(desk.errorOf(file))
                .isEqualTo(
                        file
                                + " has no pipeline: no class in it implements"
                                + " dev.tidemark.PipelineSource");
    }

    @Test
    void aClassThatIsNotPublic() {
        desk.write(
                "Flights.java",
                Desk.pipeline("Flights", "a").replace("public final class", "class"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo(
                        "Flights (Flights.java) implements PipelineSource but is not public;"
                                + " declare it as public final class");
    }

    @Test
    void aClassWithoutAPublicConstructor() {
        String source = Desk.pipeline("Flights", "a");
        desk.write("Flights.java", source.replace("static", "Flights() {} static"));
        desk.write("Weather.java", source.replace("static", "public Flights(int n) {} static"));

        assertThat(desk.errorOf("Flights.java"))
                .startsWith("Flights needs a public constructor without parameters");
        assertThat(desk.errorOf("Weather.java"))
                .startsWith("Flights needs a public constructor without parameters");
    }

    @Test
    void aConstructorThatThrows() {
        desk.write(
                "Flights.java",
                Desk.pipeline("Flights", "a")
                        .replace(
                                "static",
                                "public Flights() throws Exception { throw new"
                                        + " java.io.IOException(\"boom\"); } static"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo(
                        "Flights.java:10: the constructor of Flights threw java.io.IOException:"
                                + " boom");
    }

    @Test
    void aMethodThatThrows() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "Integer.parseInt(\"x\");"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo(
                        "Flights.java:5: Flights.pipeline() threw NumberFormatException: For input"
                                + " string: \"x\"");
    }

    @Test
    void aMethodThatNeverEndsItsCalls() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "pipeline();"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo("Flights.java:5: Flights.pipeline() threw StackOverflowError");
    }

    @Test
    void aStaticInitialiserThatThrows() {
        desk.write(
                "Flights.java",
                Desk.pipeline("Flights", "a")
                        .replace(
                                "static String",
                                "static int n = 1 / Integer.parseInt(\"0\");\n static String"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo(
                        "Flights.java:10: the static initialiser of Flights threw"
                                + " ArithmeticException: / by zero");
    }

    @Test
    void aStaticInitialiserOfAnotherClassThatThrows() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "Helper.check();"));
        desk.write(
                "Helper.java",
                "class Helper { static int n = 1 / Integer.parseInt(\"0\"); static void check() {}"
                        + " }");

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo(
                        "Helper.java:1: Flights.pipeline() threw ArithmeticException: / by zero");
    }

    @Test
    void aMethodThatReturnsNull() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "if (true) return null;"));

        assertThat(desk.errorOf("Flights.java"))
                .isEqualTo("Flights.pipeline() returned null; let it return what build() gives");
    }

    @Test
    void anErrorOfTidemarksOwnKeepsItsCode() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "Pipeline.named(\"x\").build();"));
        desk.write(
                "Weather.java",
                Desk.pipeline("Weather", "a")
                        .replace(
                                "static String",
                                "static Schedule s = Schedule.every(\"never\");\n static String"));

        assertThatThrownBy(() -> desk.load("Flights.java"))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
                .hasMessageStartingWith("pipeline x has no task");
        assertThatThrownBy(() -> desk.load("Weather.java"))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION));
    }

    @Test
    void aJavaWithoutACompiler() {
        Path file = desk.write("Flights.java", Desk.pipeline("Flights", "flights"));
        PipelineLoader runtimeOnly =
                new PipelineLoader(new SourceCompiler(() -> null), "1.0", InstantSource.system());

        assertThat(desk.errorOf(runtimeOnly, file))
                .startsWith("cannot compile " + file + ": the Java at ")
                .endsWith(
                        " has no compiler. Run Tidemark with a JDK "
                                + Runtime.version().feature()
                                + ", or give it a jar");
    }

    @Test
    void aClassThatTidemarkAlreadyHas() {
        desk.write(
                "dev/tidemark/cli/load/Desk.java",
                "package dev.tidemark.cli.load;\n" + Desk.pipeline("Desk", "desk"));

        assertThat(desk.errorOf("dev/tidemark/cli/load/Desk.java"))
                .contains("is also on Tidemark's own class path");
    }
}
