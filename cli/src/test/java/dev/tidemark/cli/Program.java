package dev.tidemark.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the program as a user does, in this process or in one of its own. */
final class Program {
    private Program() {}

    /** What a command came to. */
    record Result(int exitCode, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    static Result run(Object... arguments) {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program =
                Main.commandLine(words).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = program.execute(words);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** A process that runs the program; its output goes to a file. */
    static Process start(Path output, Object... arguments) throws IOException {
        return start(List.of(), output, arguments);
    }

    /**
     * The same, started by another program.
     *
     * @param launcher that program and its arguments, before those that it starts
     */
    static Process start(List<String> launcher, Path output, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** The folder of an example of this repository. */
    static Path example(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("examples"))) {
            folder = Objects.requireNonNull(folder.getParent(), "examples");
        }
        return folder.resolve("examples").resolve(name);
    }

    /** A copy of an example that a test may change. */
    static Path copyOf(Path example, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(example.relativize(file).toString()));
            }
        }
        return to;
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
