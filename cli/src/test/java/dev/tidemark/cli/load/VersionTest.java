package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionTest {
    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
        desk.write("flow/Flights.java", Desk.pipelineThat("Flights", "Helper.check();"));
        desk.write("flow/Helper.java", "class Helper { static void check() {} }");
    }

    @Test
    void aMovedFolderKeepsItsVersion() throws IOException {
        String before = desk.load("flow").version();
        Files.move(temp.resolve("flow"), temp.resolve("elsewhere"));

        assertThat(desk.load("elsewhere").version()).isEqualTo(before);
        assertThat(desk.compilations()).isEqualTo(1);
    }

    @Test
    void aFileInsideOrOutsideItsPackagesFolderHasTheSameVersion() {
        String source = "package dev.acme;\n" + Desk.pipeline("Flights", "flights");
        desk.write("dev/acme/Flights.java", source);
        desk.write("copy/Flights.java", source);

        assertThat(desk.load("dev/acme/Flights.java").version())
                .isEqualTo(desk.load("copy/Flights.java").version());
    }

    /** The definition holds the dates, and one version is one definition. */
    @Test
    void anEditedHolidayChangesItAndIsSeen() {
        desk.write(
                "days/Days.java",
                Desk.pipeline("Days", "days")
                        .replace(
                                "named(\"days\")",
                                "named(\"days\").schedule(Schedule.businessDays()"
                                        + ".holidays(Days.class, \"holidays.txt\"))"));
        desk.write("days/holidays.txt", "2026-12-25 # Christmas");
        LoadedPipeline before = desk.load("days");
        desk.write("days/holidays.txt", "2026-12-25\n");
        assertThat(desk.load("days").version()).isEqualTo(before.version());
        desk.write("days/holidays.txt", "2026-12-25\n2026-12-28\n");
        LoadedPipeline after = desk.load("days");

        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(
                        ((Schedule.BusinessDays) after.pipeline().definition().timing().schedule())
                                .holidays())
                .containsExactly(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 28));
        assertThat(desk.compilations()).isEqualTo(1);
    }

    @Test
    void timesOfFilesDoNotMatter() throws IOException {
        String before = desk.load("flow").version();
        Files.setLastModifiedTime(
                temp.resolve("flow/Flights.java"),
                FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

        assertThat(desk.load("flow").version()).isEqualTo(before);
    }

    @Test
    void anEditChangesIt() {
        String before = desk.load("flow").version();
        desk.write("flow/Helper.java", "class Helper { static void check() { } }");

        assertThat(desk.load("flow").version()).isNotEqualTo(before);
    }

    @Test
    void aFileChangesWithWhatItMentionsOnly() {
        String before = desk.load("flow/Flights.java").version();
        desk.write("flow/Weather.java", Desk.pipeline("Weather", "weather"));
        assertThat(desk.load("flow/Flights.java").version()).isEqualTo(before);

        desk.write("flow/Helper.java", "class Helper { static void check() { } }");
        assertThat(desk.load("flow/Flights.java").version()).isNotEqualTo(before);
    }

    @Test
    void aRenamedSourceChangesIt() throws IOException {
        String before = desk.load("flow").version();
        Files.move(temp.resolve("flow/Helper.java"), temp.resolve("flow/Helpers.java"));

        assertThat(desk.load("flow").version()).isNotEqualTo(before);
    }

    @Test
    void anotherTidemarkChangesIt() {
        PipelineLoader newer =
                new PipelineLoader(SourceCompiler.ofThisRuntime(), "2.0", InstantSource.system());

        assertThat(newer.load(temp.resolve("flow"), desk.cache).version())
                .isNotEqualTo(desk.load("flow").version());
    }
}
