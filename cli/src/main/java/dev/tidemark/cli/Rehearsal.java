package dev.tidemark.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs what people run most, one command after another in this one process. The launcher has the
 * JVM watch it once, and keep the classes it saw in its AOT cache: they are what makes later starts
 * quick. So whatever a command does only the second time, such as reading a state that is there
 * already, has to be among them.
 */
public final class Rehearsal {
    private static final List<List<String>> ON_A_PIPELINE =
            List.of(
                    List.of("run", "--date=2001-02-01"),
                    List.of("run", "--date=2001-02-01"),
                    List.of("run", "--date=2001-02-01", "--rerun", "--json"),
                    List.of(
                            "backfill",
                            "--from=2001-02-01",
                            "--to=2001-02-02",
                            "--reprocess=missing",
                            "--dry-run"),
                    List.of(
                            "backfill",
                            "--from=2001-02-01",
                            "--to=2001-02-02",
                            "--reprocess=missing"),
                    List.of("lint"));

    private static final List<List<String>> ON_ITS_RUNS =
            List.of(
                    List.of("runs", "list"),
                    List.of("runs", "show", "1"),
                    List.of("backfills", "list"),
                    List.of("backfills", "show", "1"),
                    List.of("clear", "1", "--dry-run"));

    private static final List<List<String>> ON_NOTHING =
            List.of(List.of("run", "--help"), List.of("--version"), List.of("--help"));

    private Rehearsal() {}

    /**
     * Rehearses, and ends the process with 0 if all went well.
     *
     * @param arguments a pipeline with daily intervals, and a home that is not there yet
     */
    public static void main(String[] arguments) {
        System.exit(failed(arguments[0], arguments[1]).isEmpty() ? 0 : 1);
    }

    /** Runs the commands, and returns those that failed. */
    static List<List<String>> failed(String pipeline, String home) {
        List<List<String>> commands = new ArrayList<>();
        ON_A_PIPELINE.forEach(command -> commands.add(with(command, pipeline, "--home", home)));
        ON_ITS_RUNS.forEach(command -> commands.add(with(command, "--home", home)));
        commands.addAll(ON_NOTHING);
        return commands.stream()
                .filter(command -> Main.execute(command.toArray(String[]::new)) != 0)
                .toList();
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }
}
