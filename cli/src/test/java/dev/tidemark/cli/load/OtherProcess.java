package dev.tidemark.cli.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A program of its own that loads a pipeline and prints its name and version. */
final class OtherProcess {
    private OtherProcess() {}

    static void main(String[] args) {
        LoadedPipeline loaded =
                new PipelineLoader(InstantSource.system()).load(Path.of(args[0]), Path.of(args[1]));
        System.out.println(loaded.pipeline().definition().name() + " " + loaded.version());
    }

    static Process start(List<String> options, Path named, Path cache) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(OtherProcess.class.getName(), named.toString(), cache.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static String outputOf(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
