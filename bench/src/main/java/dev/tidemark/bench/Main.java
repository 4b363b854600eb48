package dev.tidemark.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code bench/run NAME [--store sqlite|postgresql] [--url ADDRESS] [--json]}. */
public final class Main {
    private static final int EXIT_USAGE = 64;

    private Main() {}

    /** What was asked for. */
    private record Request(
            List<Bench> benches, boolean postgres, Optional<String> url, boolean json) {
        private static Request parse(List<String> words) {
            boolean postgres = false;
            boolean json = false;
            Optional<String> url = Optional.empty();
            List<Bench> benches = List.of();
            for (int i = 0; i < words.size(); i++) {
                switch (words.get(i)) {
                    case "--json" -> json = true;
                    case "--store" -> postgres = isPostgres(argument(words, ++i));
                    case "--url" -> url = Optional.of(argument(words, ++i));
                    default -> benches = named(words.get(i));
                }
            }
            if (benches.isEmpty()) {
                throw new IllegalArgumentException("name a bench");
            }
            return new Request(benches, postgres || url.isPresent(), url, json);
        }

        private static String argument(List<String> words, int at) {
            if (at == words.size()) {
                throw new IllegalArgumentException(words.getLast() + " takes a value");
            }
            return words.get(at);
        }

        private static boolean isPostgres(String store) {
            return switch (store) {
                case "sqlite" -> false;
                case "postgresql" -> true;
                default -> throw new IllegalArgumentException("there is no store " + store);
            };
        }

        private static List<Bench> named(String name) {
            List<Bench> all = List.of(Bench.values());
            List<Bench> named =
                    name.equals("all")
                            ? all
                            : all.stream().filter(bench -> bench.label().equals(name)).toList();
            if (named.isEmpty()) {
                throw new IllegalArgumentException("there is no bench " + name);
            }
            return named;
        }
    }

    /** Measures, and prints what it found. */
    public static void main(String[] words) throws Exception {
        // Taken before an engine sends what tasks print elsewhere.
        PrintStream out = System.out;
        Request request;
        try {
            request = Request.parse(List.of(words));
        } catch (IllegalArgumentException e) {
            String names =
                    Arrays.stream(Bench.values())
                            .map(Bench::label)
                            .collect(Collectors.joining("|"));
            System.err.println(
                    e.getMessage()
                            + "; usage: bench/run "
                            + names
                            + "|all [--store sqlite|postgresql] [--url ADDRESS] [--json]");
            System.exit(EXIT_USAGE);
            return;
        }
        InstantSource clock = InstantSource.system();
        for (Bench bench : request.benches()) {
            Path folder = Folders.temporary();
            try (Ground ground = ground(request, folder)) {
                double before = Probe.measure(folder);
                List<Line> lines = bench.over(ground, clock);
                Report report =
                        new Report(
                                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                                Machine.here(),
                                ground.kind(),
                                ground.version(),
                                new Probe(before, Probe.measure(folder)));
                lines.forEach(
                        line ->
                                out.println(
                                        request.json() ? report.json(line) : report.text(line)));
                if (!request.json()) {
                    out.println("  " + report.circumstances());
                }
            }
        }
        System.exit(0);
    }

    private static Ground ground(Request request, Path folder) throws Exception {
        if (request.url().isPresent()) {
            return PostgresGround.at(request.url().get(), folder);
        }
        return request.postgres() ? PostgresGround.started(folder) : new SqliteGround(folder);
    }
}
