package dev.tidemark.cli;

import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.engine.Home;
import dev.tidemark.engine.PipelineCode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The pipeline that a command is about, and the parameters of its runs. */
final class PipelineOption {
    private final Given<Path> path;
    private final Given<Map<String, String>> parameters;

    PipelineOption(Syntax syntax) {
        path =
                syntax.parameter(
                        "PIPELINE",
                        Path.class,
                        "A .java file, a folder of them, or a jar that holds the pipeline.");
        parameters =
                syntax.anyNumberOfPairs(
                        "--param=NAME=VALUE",
                        "A parameter of the run. May be given more than once.");
    }

    Path path() {
        return path.value();
    }

    Map<String, String> parameters() {
        return parameters.value();
    }

    PipelineCode load(Home home, InstantSource clock) {
        return load(path(), home, clock);
    }

    static PipelineCode load(Path path, Home home, InstantSource clock) {
        LoadedPipeline loaded = new PipelineLoader(clock).load(path, home.compiled());
        return new PipelineCode(loaded.pipeline(), loaded.version(), loaded.folder());
    }
}
