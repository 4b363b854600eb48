package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.store.Owner;
import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.StoreReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Processes of {@code tidemark server} over one database, each with a line of its own to it. */
final class Servers implements AutoCloseable {
    private final PostgresServer database;
    private final String url;
    private final Path folder;
    private final Path pipelines;
    private final int leaseSeconds;
    private final List<Server> servers = new ArrayList<>();
    private int started;

    /** A process, and its line to the database. */
    record Server(Process process, Line line) {
        boolean is(Owner owner) {
            return owner.name().startsWith("server " + process.pid() + " ");
        }
    }

    Servers(PostgresServer database, String url, Path folder, Path pipelines, int leaseSeconds) {
        this.database = database;
        this.url = url;
        this.folder = folder;
        this.pipelines = pipelines;
        this.leaseSeconds = leaseSeconds;
    }

    void start() throws IOException {
        start(new CuttableProxy(database.port()));
    }

    void start(Line line) throws IOException {
        URI direct = URI.create(url);
        String through =
                url.replace(direct.getHost() + ":" + direct.getPort() + "/", line.database() + "/");
        Process process =
                Program.start(
                        line.launcher(),
                        folder.resolve("server" + ++started + ".log"),
                        "server",
                        pipelines,
                        "--home",
                        home(),
                        "--store",
                        through,
                        "--port=0",
                        "--lease=" + leaseSeconds);
        servers.add(new Server(process, line));
    }

    Path home() {
        return folder.resolve("home");
    }

    /** The server that owns the store now. */
    Server active(StoreReader reader) throws InterruptedException {
        Owner owner = awaitOwner(reader, 0);
        return servers.stream()
                .filter(server -> server.is(owner))
                .findFirst()
                .orElseThrow(() -> new AssertionError(owner + " is none of " + servers));
    }

    /** Waits until somebody owns the store under a later epoch. */
    static Owner awaitOwner(StoreReader reader, long after) throws InterruptedException {
        return Polling.until(
                "an owner after epoch " + after,
                () -> reader.owner().filter(it -> it.epoch() > after && it.lease().isPositive()));
    }

    void kill(Server server) throws IOException, InterruptedException {
        server.process().destroyForcibly().waitFor();
        server.line().close();
        servers.remove(server);
    }

    /** Stops a process in the middle of whatever it does. */
    static void pause(Server server) throws IOException, InterruptedException {
        signal("STOP", server);
    }

    static void goOn(Server server) throws IOException, InterruptedException {
        signal("CONT", server);
    }

    private static void signal(String signal, Server server)
            throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(server.process().pid()))
                        .inheritIO()
                        .start();
        assertThat(kill.waitFor()).isZero();
    }

    /**
     * Something happens to the active server, or to the database.
     *
     * @param how 0 to 3: it is killed, paused, cut off, or the database is restarted
     * @return how long nobody owned the store
     */
    Duration disturb(StoreReader reader, int how) throws Exception {
        Server active = active(reader);
        long epoch = reader.owner().orElseThrow().epoch();
        long since = System.nanoTime();
        switch (how) {
            case 0 -> {
                kill(active);
                awaitOwner(reader, epoch);
                Duration took = Duration.ofNanos(System.nanoTime() - since);
                start();
                return took;
            }
            case 1 -> pause(active);
            case 2 -> active.line().cut();
            default -> {
                database.stopImmediately();
                database.restart();
                return Duration.ZERO;
            }
        }
        awaitOwner(reader, epoch);
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        goOn(active);
        active.line().mend();
        return took;
    }

    List<Server> all() {
        return List.copyOf(servers);
    }

    @Override
    public void close() throws IOException {
        for (Server server : servers) {
            server.process().destroyForcibly().onExit().join();
            server.line().close();
        }
    }
}
