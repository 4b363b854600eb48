package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code tidemark lint} prints, and how it ends. */
class LintCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void writePipelines() throws IOException {
        write("Late", "late", "return java.time.LocalDate.now().getYear();");
        write("Calm", "calm", "return task.date().getYear();");
    }

    private void write(String type, String name, String statement) throws IOException {
        Program.write(
                folder.resolve("pipelines/" + type + ".java"),
                """
                import dev.tidemark.*;

                public final class %s implements PipelineSource {
                    @Override public Pipeline pipeline() {
                        var p = Pipeline.named("%s").schedule(Schedule.daily());
                        p.task("one", Integer.class, %s::one);
                        return p.build();
                    }

                    static Integer one(TaskContext task) {
                        %s
                    }
                }
                """
                        .formatted(type, name, type, statement));
    }

    private Path pipelines() {
        return folder.resolve("pipelines");
    }

    private Program.Result lint(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("lint"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    @Test
    void aFindingNamesFileAndLineAsCompilersDo() {
        Program.Result result = lint(pipelines());
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(result.out())
                .startsWith(
                        pipelines().resolve("Late.java")
                                + ":11: wall-clock: task 'one' of late: asks"
                                + " java.time.LocalDate.now for the time of day")
                .endsWith("1 finding in 2 pipelines.\n");
    }

    @Test
    void noFindingEndsWithZero() {
        Program.Result result = lint(pipelines().resolve("Calm.java"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("0 findings in 1 pipeline.\n");
    }

    @Test
    void jsonIsAnArrayOfFindings() {
        JsonNode found = lint(pipelines(), "--json").json();
        assertThat(found).hasSize(1);
        assertThat(found.path(0).propertyNames())
                .containsExactly("rule", "file", "line", "pipeline", "task", "message");
        assertThat(found.path(0).path("rule").asString()).isEqualTo("wall-clock");
        assertThat(found.path(0).path("file").asString())
                .isEqualTo(pipelines().resolve("Late.java").toString());
        assertThat(found.path(0).path("line").asInt()).isEqualTo(11);
        assertThat(found.path(0).path("pipeline").asString()).isEqualTo("late");
        assertThat(found.path(0).path("task").asString()).isEqualTo("one");
        assertThat(lint(pipelines().resolve("Calm.java"), "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void onlyTheNamedPipelineIsLookedAt() {
        assertThat(lint(pipelines(), "calm").exitCode()).isZero();
        assertThat(lint(pipelines(), "late").exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(lint(pipelines() + "#Calm").exitCode()).isZero();
        Program.Result other = lint(pipelines(), "other");
        assertThat(other.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(other.err()).contains("has no pipeline other; it has calm, late");
    }

    @Test
    void onlyTheNamedRuleIsLookedFor() {
        assertThat(lint(pipelines(), "--rule=select-star").exitCode()).isZero();
        assertThat(lint(pipelines(), "--rule=select-star", "--rule=wall-clock").exitCode())
                .isEqualTo(ExitCode.FAILED.number());
        Program.Result unknown = lint(pipelines(), "--rule=clock");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(unknown.err())
                .contains("there is no rule 'clock'; there are wall-clock, wall-clock-in-sql");
    }

    @Test
    void whatDoesNotCompileIsTheUsualErrorAndTheOthersAreLookedAt() throws IOException {
        write("Broken", "broken", "return task;");
        Program.Result result = lint(pipelines());
        assertThat(result.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(result.err()).contains("Broken.java:11: error: incompatible types");
        assertThat(result.out()).contains("Late.java:11: wall-clock");
        Files.delete(pipelines().resolve("Late.java"));
        assertThat(lint(pipelines().resolve("Broken.java")).exitCode())
                .isEqualTo(ExitCode.PIPELINE.number());
    }

    @Test
    void aFolderWithoutPipelinesIsRefused() throws IOException {
        Program.write(folder.resolve("empty/Word.java"), "class Word {}");
        Program.Result result = lint(folder.resolve("empty"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(result.err()).contains("has no pipeline");
    }

    @Test
    void aJarIsLookedAtLikeItsSources() throws IOException {
        Program.Result result = lint(jarOf(pipelines().resolve("Late.java")));
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(result.out()).startsWith("Late.java:11: wall-clock: task 'one' of late");
    }

    @Test
    void aLibraryInAJarIsNotToldOf() throws IOException {
        write("Late", "late", "return org.lib.Tool.year();");
        Path own = folder.resolve("src/com/acme/Late.java");
        String source = Files.readString(pipelines().resolve("Late.java"));
        Program.write(own, "package com.acme; " + source);
        String tool =
                "package %s; public class Tool { public static int year() {"
                        + " return java.time.Year.now().getValue(); } }";
        Program.write(folder.resolve("src/org/lib/Tool.java"), tool.formatted("org.lib"));
        assertThat(lint(own).out())
                .startsWith(folder.resolve("src/org/lib/Tool.java") + ":1: wall-clock");
        assertThat(lint(jarOf(own)).exitCode()).isZero();

        Program.write(own, "package com.acme; " + source.replace("org.lib", "com.acme.lib"));
        Program.write(folder.resolve("src/com/acme/lib/Tool.java"), tool.formatted("com.acme.lib"));
        assertThat(lint(jarOf(own)).out()).startsWith("com/acme/lib/Tool.java:1: wall-clock");
    }

    /** Has a source compiled, and takes what was made of it. */
    private Path jarOf(Path source) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        Program.run("lint", source, "--home", home);
        Path jar = home.resolve("made.jar");
        try (Stream<Path> compiled = Files.walk(home.resolve("compiled"))) {
            Path made =
                    compiled.filter(file -> file.toString().endsWith(".jar"))
                            .findFirst()
                            .orElseThrow();
            return Files.copy(made, jar);
        }
    }

    @Test
    void whatVerifyHasShownIsNotTold() throws IOException {
        Program.write(
                folder.resolve("Box.java"),
                """
                import dev.tidemark.*;
                import java.nio.file.*;

                public final class Box implements PipelineSource {
                    @Override public Pipeline pipeline() {
                        var p = Pipeline.named("box")
                                .schedule(Schedule.daily()).startingOn("2001-02-01");
                        p.task("one", Integer.class, Box::one).retry(Retry.anyError(1));
                        return p.build();
                    }

                    static Integer one(TaskContext task) throws java.io.IOException {
                        Path box = task.dataPath("box-" + task.date());
                        Files.createDirectories(box.getParent());
                        Files.writeString(box, "one");
                        return 1;
                    }
                }
                """);
        Path box = folder.resolve("Box.java");
        assertThat(lint(box).out()).contains("Box.java:8: retry-unknown-effects: task 'one'");
        Object home = folder.resolve("home");
        assertThat(Program.run("run", box, "--date=2001-02-01", "--home", home).exitCode())
                .isZero();
        assertThat(Program.run("verify", box, "--date=2001-02-01", "--home", home).exitCode())
                .isZero();
        assertThat(lint(box).exitCode()).isZero();
    }

    @Test
    void theExamplesAreAsTheySay() {
        assertThat(lint(Program.example("flights")).out()).isEqualTo("0 findings in 1 pipeline.\n");
        JsonNode bug = lint(Program.example("append-bug"), "--json").json();
        assertThat(bug).hasSize(1);
        assertThat(bug.path(0).path("rule").asString()).isEqualTo("append-only-write");
        assertThat(bug.path(0).path("file").asString()).endsWith("AppendBug.java");
        assertThat(bug.path(0).path("line").asInt()).isEqualTo(46);
        assertThat(bug.path(0).path("task").asString()).isEqualTo("append");
    }
}
