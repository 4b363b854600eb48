package dev.tidemark.data;

import dev.tidemark.ProtocolStep;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import java.nio.file.Path;

/** A program that publishes attempt 2 and ends without a word at the step it is told. */
final class TableVictim {
    private static final int KILLED = 137;

    private TableVictim() {}

    public static void main(String[] arguments) {
        TableFlights flights =
                TableFlights.in(
                        Engine.valueOf(arguments[0]),
                        How.valueOf(arguments[1]),
                        Path.of(arguments[2]));
        if (arguments[3].equals("COMMIT")) {
            flights.on(flights.database().committing(session -> die())).publish(flights.attempt(2));
            return;
        }
        flights.publish(
                flights.attempt(2).doing(ProtocolStep.valueOf(arguments[3]), TableVictim::die));
    }

    private static void die() {
        Runtime.getRuntime().halt(KILLED);
    }
}
