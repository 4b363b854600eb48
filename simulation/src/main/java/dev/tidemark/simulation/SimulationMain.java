package dev.tidemark.simulation;

import java.util.List;
import java.util.function.Consumer;

/** Runs simulations from the command line: one seed, or many. */
public final class SimulationMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 64;

    private long seed;
    private long count = 1;
    private boolean verbose;

    private SimulationMain() {}

    public static void main(String[] arguments) {
        System.exit(new SimulationMain().run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        try {
            read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(
                    "Usage: tidemark-sim --seed N [--verbose] | --from A --count N [--verbose]");
            return MISUSED;
        }
        Consumer<String> listener = verbose ? System.out::println : _ -> {};
        long lines = 0;
        for (long each = seed; each < seed + count; each++) {
            try {
                Report report = Simulation.run(each, listener);
                lines += report.lines();
                if (count == 1) {
                    System.out.println(report);
                }
            } catch (SimulationFailure failure) {
                System.err.println(failure.getMessage());
                if (verbose) {
                    failure.printStackTrace();
                }
                return FAILED;
            }
        }
        System.out.println(count + " seeds, " + lines + " events, and all held");
        return 0;
    }

    private void read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--seed", "--from" -> {
                    i++;
                    seed = number(arguments, i);
                }
                case "--count" -> {
                    i++;
                    count = number(arguments, i);
                }
                case "--verbose" -> verbose = true;
                default -> throw new IllegalArgumentException("what is " + arguments.get(i) + "?");
            }
        }
    }

    private static long number(List<String> arguments, int place) {
        if (place == arguments.size()) {
            throw new IllegalArgumentException("a number is missing at the end");
        }
        return Long.parseLong(arguments.get(place));
    }
}
