package dev.tidemark.cli.lint;

import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pipeline of one file, {@code P.java}, that was looked at by all rules. Behind {@value #MARK} a
 * line of its source names the rule that is to find something there.
 */
record Linted(List<Finding> findings, String source) {
    private static final String MARK = "//!";

    /**
     * Looks at a pipeline.
     *
     * @param declaration declares tasks of {@code p}
     * @param members of the class, or classes in it
     */
    static Linted of(Path folder, String declaration, String members) throws IOException {
        String source =
                """
                import dev.tidemark.*;
                import dev.tidemark.data.*;
                import java.io.*;
                import java.io.FileWriter;
                import java.nio.file.*;
                import java.sql.Connection;
                import java.sql.DriverManager;
                import java.sql.PreparedStatement;
                import java.sql.Statement;
                import java.time.*;
                import java.util.*;
                import java.util.function.*;

                public final class P implements PipelineSource {
                    static final Schema SCHEMA = Schema.of().integer("a");
                    static final FileDataset FILES = FileDataset.csv("files", SCHEMA);
                    static final Database DB = Database.duckdb("db", "db.duckdb");
                    static final TableTarget TABLE = DB.table("rows", SCHEMA);

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
        LoadedPipeline loaded =
                new PipelineLoader(() -> Instant.EPOCH).load(file, folder.resolve("cache"));
        return new Linted(Lint.of(loaded, loaded.pipeline().definition()), source);
    }

    /** The lines that are marked, each with its rule. */
    List<String> expected() {
        List<String> expected = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int mark = lines.get(i).indexOf(MARK);
            if (mark >= 0) {
                expected.add(i + 1 + " " + lines.get(i).substring(mark + MARK.length()).strip());
            }
        }
        return expected;
    }

    /** The lines where something was found, each with its rule. */
    Stream<String> found() {
        return findings.stream()
                .map(finding -> finding.place().line() + " " + finding.rule().label());
    }
}
