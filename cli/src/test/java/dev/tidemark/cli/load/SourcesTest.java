package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
    }

    @Test
    void aFileIsThePipelineInIt() {
        desk.write("Flights.java", Desk.pipeline("Flights", "flights"));

        LoadedPipeline loaded = desk.load("Flights.java");

        assertThat(loaded.pipeline().definition().name()).isEqualTo("flights");
        assertThat(loaded.folder()).isEqualTo(temp.toAbsolutePath());
        assertThat(loaded.version()).matches("[0-9a-f]{32}");
    }

    @Test
    void aFileMayBeNamedUnlikeItsClass() {
        desk.write("daily-flights.java", Desk.pipeline("Flights", "flights"));

        assertThat(desk.nameIn("daily-flights.java")).isEqualTo("flights");
    }

    @Test
    void aFileBringsTheFilesItMentionsAndThoseTheyMention() {
        desk.write("Flights.java", Desk.pipelineThat("Flights", "new Helper().check();"));
        desk.write("Helper.java", "class Helper { void check() { Deeper.check(); } }");
        desk.write("Deeper.java", "class Deeper { static void check() {} }");

        assertThat(desk.nameIn("Flights.java")).isEqualTo("any");
    }

    @Test
    void aFileIsNotDisturbedByOthersBesideIt() {
        desk.write("Flights.java", "// Broken is another story\n" + Desk.pipeline("Flights", "a"));
        desk.write("Broken.java", "class Broken {");
        desk.write("Weather.java", Desk.pipeline("Weather", "b"));

        assertThat(desk.nameIn("Flights.java")).isEqualTo("a");
        assertThat(desk.nameIn("Weather.java")).isEqualTo("b");
    }

    @Test
    void aCopyBesideTheOriginalIsAPipelineOfItsOwn() {
        desk.write("Flights.java", Desk.pipeline("Flights", "original"));
        desk.write("Flights-copy.java", Desk.pipeline("Flights", "copy"));

        assertThat(desk.nameIn("Flights.java")).isEqualTo("original");
        assertThat(desk.nameIn("Flights-copy.java")).isEqualTo("copy");
    }

    @Test
    void aFileOfAPackageFindsOtherPackagesBelowItsRoot() {
        desk.write(
                "dev/acme/Flights.java",
                "package dev.acme;\nimport dev.tools.Dates;\n"
                        + Desk.pipelineThat("Flights", "Dates.check(); dev.more.Times.check();"));
        desk.write(
                "dev/tools/Dates.java",
                "package dev.tools; public class Dates { public static void check() {} }");
        desk.write(
                "dev/more/Times.java",
                "package dev.more; public class Times { public static void check() {} }");

        LoadedPipeline loaded = desk.load("dev/acme/Flights.java");

        assertThat(loaded.folder()).isEqualTo(temp.resolve("dev/acme").toAbsolutePath());
    }

    @Test
    void aFileOfAPackageNeedNotLieInThePackagesFolder() {
        desk.write("Flights.java", "package dev.acme;\n" + Desk.pipeline("Flights", "flights"));

        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
    }

    @Test
    void aFolderIsAllSourcesBelowItCompiledTogether() {
        desk.write("flow/Flights.java", Desk.pipelineThat("Flights", "parts.Helper.check();"));
        desk.write(
                "flow/parts/Helper.java",
                "package parts; public class Helper { public static void check() {} }");

        LoadedPipeline loaded = desk.load("flow");

        assertThat(loaded.folder()).isEqualTo(temp.resolve("flow").toAbsolutePath());
    }

    @Test
    void hiddenFoldersAndFilesAndModuleDeclarationsAreLeftOut() {
        desk.write("flow/Flights.java", Desk.pipeline("Flights", "flights"));
        desk.write("flow/.git/Broken.java", "class {");
        desk.write("flow/.#Flights.java", "class {");
        desk.write("flow/module-info.java", "module flow { requires nothing.such; }");

        assertThat(desk.nameIn("flow")).isEqualTo("flights");
    }

    @Test
    void ofSeveralPipelinesOneIsNamed() {
        desk.write("flow/Flights.java", Desk.pipeline("Flights", "flights"));
        desk.write(
                "flow/acme/Weather.java", "package acme;\n" + Desk.pipeline("Weather", "weather"));

        assertThat(desk.nameIn("flow#Weather")).isEqualTo("weather");
        assertThat(desk.nameIn("flow#acme.Weather")).isEqualTo("weather");
        assertThat(desk.nameIn("flow/Flights.java")).isEqualTo("flights");
        assertThat(desk.compilations()).as("the folder once, the file once").isEqualTo(2);
        assertThat(desk.errorOf("flow"))
                .isEqualTo(
                        temp.resolve("flow")
                                + " has 2 pipelines: Flights (Flights.java), acme.Weather"
                                + " (acme/Weather.java). Say which, as in "
                                + temp.resolve("flow")
                                + "#Flights");
        assertThat(desk.errorOf("flow#Sales"))
                .contains("has no pipeline Sales; it has Flights (Flights.java), acme.Weather");
    }

    @Test
    void aMarkInAFolderNameIsPartOfTheName() {
        desk.write("c#flow/Flights.java", Desk.pipeline("Flights", "flights"));

        assertThat(desk.nameIn("c#flow")).isEqualTo("flights");
        assertThat(desk.nameIn("c#flow#Flights")).isEqualTo("flights");
    }

    @Test
    void aPipelineMayInheritFromAnAbstractOne() {
        desk.write(
                "Base.java",
                "public abstract class Base implements dev.tidemark.PipelineSource {}");
        desk.write(
                "Flights.java",
                Desk.pipeline("Flights", "flights")
                        .replace("implements PipelineSource", "extends Base"));

        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
        assertThat(desk.nameIn("")).isEqualTo("flights");
    }

    @Test
    void resourcesBesideTheSourcesAreFoundButNoClassesAndNothingOutside() throws IOException {
        desk.write("secret.txt", "outside");
        desk.write("flow/query.sql", "select 1");
        desk.write("flow/Stray.class", "not a class");
        desk.write("flow/Flights.java", Desk.pipeline("Flights", "flights"));

        ClassLoader classes = desk.load("flow/Flights.java").classes();

        URL query = Objects.requireNonNull(classes.getResource("query.sql"));
        try (InputStream in = query.openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("select 1");
        }
        assertThat(classes.getResource("Stray.class")).isNull();
        assertThat(classes.getResource("../secret.txt")).isNull();
        assertThat(classes.getResources("query.sql").hasMoreElements()).isTrue();
    }

    @Test
    void classesOfTheSameNameInTwoPipelinesDoNotMeet() throws ClassNotFoundException {
        desk.write("a/Flights.java", Desk.pipelineThat("Flights", "Helper.check();"));
        desk.write("a/Helper.java", "public class Helper { static void check() {} }");
        desk.write("b/Flights.java", Desk.pipelineThat("Flights", "new Helper(1);"));
        desk.write("b/Helper.java", "public class Helper { Helper(int one) {} }");

        LoadedPipeline a = desk.load("a/Flights.java");
        LoadedPipeline b = desk.load("b/Flights.java");

        assertThat(a.classes().loadClass("Helper")).isNotSameAs(b.classes().loadClass("Helper"));
    }

    @Test
    void parametersKeepTheirNames() throws ReflectiveOperationException {
        desk.write("Flights.java", Desk.pipeline("Flights", "flights"));

        Class<?> type = desk.load("Flights.java").classes().loadClass("Flights");

        assertThat(type.getDeclaredMethod("only", dev.tidemark.TaskContext.class).getParameters())
                .extracting(java.lang.reflect.Parameter::getName)
                .containsExactly("task");
    }
}
