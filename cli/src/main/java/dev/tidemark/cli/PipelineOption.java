package dev.tidemark.cli;

import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.PipelineCode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pipeline that a command is about, and the parameters of its runs. */
final class PipelineOption {
    @Parameters(
            paramLabel = "PIPELINE",
            description = "A .java file, a folder of them, or a jar that holds the pipeline.")
    private Path path = Path.of(".");

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the run. May be given more than once.")
    private Map<String, String> parameters = Map.of();

    Path path() {
        return path;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    PipelineCode load(Home home) {
        LoadedPipeline loaded =
                new PipelineLoader(InstantSource.system()).load(path, home.compiled());
        return new PipelineCode(loaded.pipeline(), loaded.version(), loaded.folder());
    }
}
