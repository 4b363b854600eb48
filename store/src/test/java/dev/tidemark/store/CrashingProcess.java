package dev.tidemark.store;

import java.nio.file.Path;

/** Works on a store until it is killed, and says after each turn how many it has kept. */
final class CrashingProcess {
    private CrashingProcess() {}

    public static void main(String[] arguments) {
        SqliteStore store = SqliteStore.open(Path.of(arguments[0]));
        RandomEngine engine = new RandomEngine(store, Long.parseLong(arguments[1]));
        for (int turns = 0; ; turns++) {
            System.out.println(turns);
            engine.turn();
        }
    }
}
