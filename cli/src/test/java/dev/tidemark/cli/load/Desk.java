package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A folder with sources and a cache, and a loader whose clock is set by hand. */
final class Desk {
    final Path folder;
    final Path cache;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int compilations;
    private final PipelineLoader loader;

    Desk(Path folder) {
        this.folder = folder;
        this.cache = folder.resolve(".cache");
        InstantSource clock = () -> now;
        Compiler counting =
                (sources, jar) -> {
                    compilations++;
                    return SourceCompiler.ofThisRuntime().compile(sources, jar);
                };
        this.loader = new PipelineLoader(counting, "1.0", clock);
    }

    /** The source of a pipeline in the unnamed package. */
    static String pipeline(String className, String pipelineName) {
        return """
        import dev.tidemark.*;

        public final class %s implements PipelineSource {
            @Override public Pipeline pipeline() {
                var pipeline = Pipeline.named("%s");
                pipeline.task("only", String.class, %s::only);
                return pipeline.build();
            }

            static String only(TaskContext task) {
                return "done";
            }
        }
        """
                .formatted(className, pipelineName, className);
    }

    /** A pipeline whose method begins with a statement of the test. */
    static String pipelineThat(String className, String statement) {
        return pipeline(className, "any")
                .replace("pipeline() {", "pipeline() {\n        " + statement);
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LoadedPipeline load(Path named) {
        return loader.load(named, cache);
    }

    LoadedPipeline load(String named) {
        return load(folder.resolve(named));
    }

    String nameIn(String named) {
        return load(named).pipeline().definition().name();
    }

    /** What loading says when it cannot be done. */
    String errorOf(Path named) {
        return errorOf(loader, named);
    }

    String errorOf(String named) {
        return errorOf(folder.resolve(named));
    }

    String errorOf(PipelineLoader other, Path named) {
        Throwable thrown = catchThrowable(() -> other.load(named, cache));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNLOADABLE_PIPELINE));
        return String.valueOf(thrown.getMessage());
    }

    int compilations() {
        return compilations;
    }

    Instant now() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    Path kept(LoadedPipeline loaded) {
        return cache.resolve(loaded.version());
    }
}
