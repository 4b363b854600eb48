package dev.tidemark.cli.inspect;

import dev.tidemark.Effects;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** A pipeline of one file, {@code P.java}, that was compiled and looked at. */
record Inspected(LoadedPipeline loaded, String source) {
    /** Stands in a source at the line that is to be named. */
    static final String HERE = "/*here*/";

    /**
     * Loads a pipeline.
     *
     * @param declaration declares tasks of {@code p}, one of which is {@code t}
     * @param members of the class, or classes in it
     */
    static Inspected of(Path folder, String declaration, String members) throws IOException {
        String source =
                """
                import dev.tidemark.*;
                import java.io.*;
                import java.nio.file.*;
                import java.util.*;
                import java.util.function.*;

                public final class P implements PipelineSource {
                    @Override public Pipeline pipeline() {
                        var p = Pipeline.named("p");
                        %s
                        return p.build();
                    }

                    %s
                }
                """
                        .formatted(declaration, members);
        Path file = Files.writeString(folder.resolve("P.java"), source);
        return new Inspected(
                new PipelineLoader(() -> Instant.EPOCH).load(file, folder.resolve("cache")),
                source);
    }

    /** What the definition says of a task. */
    Effects effects(String task) {
        return effects(loaded, task);
    }

    static Effects effects(LoadedPipeline loaded, String task) {
        return loaded.pipeline().definition().tasks().stream()
                .filter(each -> each.name().equals(task))
                .findFirst()
                .orElseThrow()
                .effects();
    }

    Finding finding(String task) {
        return Objects.requireNonNull(loaded.findings().get(task));
    }

    /** A reason, with the place of the mark behind it. */
    String here(String reason) {
        long line = source.substring(0, source.indexOf(HERE)).lines().count();
        return reason + " (P.java:" + line + ")";
    }
}
