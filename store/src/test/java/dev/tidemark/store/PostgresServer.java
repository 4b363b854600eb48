package dev.tidemark.store;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.Driver;

/**
 * A real PostgreSQL server for tests, on loopback, with its data in a temporary folder. It ends
 * with this process, however that ends.
 */
public final class PostgresServer {
    private static final String USER = "tidemark";
    private static final String NONE = "no PostgreSQL server on this machine";

    /** A server refuses to run as root; these are who runs it then, the first that there is. */
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PostgresServer shared;

    /** Why there is none; empty where there is one, or nobody has asked yet. */
    private static String missing = "";

    private final Path folder;
    private final Path programs;
    private final List<String> asUser;
    private final int port;

    /** Each is {@code name=value}. */
    private List<String> settings = List.of();

    /** Stops the server and removes its folder when the pipe to it closes, as it does with us. */
    private final Process watchdog;

    private PostgresServer(Path folder, Path programs, List<String> asUser, int port)
            throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.asUser = asUser;
        this.port = port;
        List<String> command = new ArrayList<>();
        command.addAll(List.of("sh", "-c", "cat; \"$@\"; rm -rf \"$0\"", folder.toString()));
        command.addAll(asUser);
        command.add(programs.resolve("pg_ctl").toString());
        command.addAll(List.of("stop", "-m", "immediate", "-D", data().toString()));
        watchdog =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /**
     * The server that all tests of a process share. Where none can be had, the test is skipped, and
     * says why.
     */
    public static synchronized PostgresServer shared() {
        if (shared == null && missing.isEmpty()) {
            try {
                shared = start().orElse(null);
                missing = shared == null ? NONE : "";
            } catch (IOException e) {
                missing = "no PostgreSQL server could be started: " + e.getMessage();
            }
        }
        Assumptions.assumeTrue(shared != null, missing);
        return java.util.Objects.requireNonNull(shared);
    }

    /**
     * Starts a server of its own; empty where there are no programs for one.
     *
     * @param settings each {@code name=value}
     */
    public static Optional<PostgresServer> start(String... settings) throws IOException {
        return startAt(freePort(), settings);
    }

    /** The same, listening at this port. */
    public static Optional<PostgresServer> startAt(int port, String... settings)
            throws IOException {
        Path folder = Files.createTempDirectory("tidemark-postgres");
        Optional<Path> programs = PostgresBinaries.find(folder);
        if (programs.isEmpty()) {
            Files.delete(folder);
            return Optional.empty();
        }
        PostgresServer server =
                new PostgresServer(folder, programs.get(), asUserWhoMayOwn(folder), port);
        server.begin(Optional.empty(), settings);
        return Optional.of(server);
    }

    /** Starts a server of its own; where there are no programs for one, the test is skipped. */
    static PostgresServer own(String... settings) throws IOException {
        Optional<PostgresServer> server = start(settings);
        Assumptions.assumeTrue(server.isPresent(), NONE);
        return server.orElseThrow();
    }

    /** The same, in a folder of its own. */
    static PostgresServer ownIn(Path folder, Optional<Path> log) throws IOException {
        Optional<Path> programs = PostgresBinaries.find(folder);
        Assumptions.assumeTrue(programs.isPresent(), NONE);
        return startIn(folder, programs.orElseThrow(), log);
    }

    /**
     * Starts a server that keeps everything in this folder, which is its own.
     *
     * @param log another folder, for its write-ahead log
     */
    static PostgresServer startIn(
            Path folder, Path programs, Optional<Path> log, String... settings) throws IOException {
        PostgresServer server =
                new PostgresServer(folder, programs, asUserWhoMayOwn(folder), freePort());
        server.begin(log, settings);
        return server;
    }

    private void begin(Optional<Path> log, String... itsSettings) throws IOException {
        settings = List.of(itsSettings);
        if (log.isPresent()) {
            asUserWhoMayOwn(log.get());
        }
        initialize(log);
        startAgain();
    }

    /** Starts another server that follows this one, and only reads. */
    public PostgresServer startStandby() throws IOException {
        Path copy = Files.createTempDirectory("tidemark-postgres");
        PostgresServer standby =
                new PostgresServer(copy, programs, asUserWhoMayOwn(copy), freePort());
        standby.run(
                "pg_basebackup",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=" + USER,
                "--pgdata=" + standby.data(),
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync");
        standby.startAgain();
        return standby;
    }

    /** Has a standby write from now on, and follow nobody. */
    public void promote() throws IOException {
        run("pg_ctl", "promote", "-w", "-s", "-D", data().toString());
    }

    private static List<String> asUserWhoMayOwn(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        for (String name : UNPRIVILEGED) {
            try {
                UserPrincipal user =
                        folder.getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName(name);
                Files.setOwner(folder, user);
                return List.of("setpriv", "--reuid=" + name, "--clear-groups", "--");
            } catch (java.nio.file.attribute.UserPrincipalNotFoundException _) {
                // The next one, then.
            }
        }
        throw new IOException(
                "a server does not run as root, and there is no user of " + UNPRIVILEGED);
    }

    /** A port at which nobody listens. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialize(Optional<Path> log) throws IOException {
        List<String> place = log.map(it -> List.of("--waldir=" + it)).orElse(List.of());
        run(
                "initdb",
                place,
                "-D",
                data().toString(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--no-locale",
                // Small ones: some tests have little room.
                "--wal-segsize=1");
    }

    private void run(String program, String... arguments) throws IOException {
        run(program, List.of(), arguments);
    }

    private void run(String program, List<String> first, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asUser);
        command.add(programs.resolve(program).toString());
        command.addAll(first);
        command.addAll(List.of(arguments));
        Commands.run(command);
    }

    private void startAgain() throws IOException {
        // What it says goes to a file: a pipe would be held open by the server that stays behind.
        run(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-D",
                data().toString(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p "
                        + port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                        + settings.stream().map(each -> " -c " + each).collect(joining()));
    }

    /** Lets in who comes from another address than loopback; it has to listen there. */
    public void letIn(String address) throws IOException {
        Files.writeString(
                data().resolve("pg_hba.conf"),
                "host all all " + address + "/32 trust\n",
                StandardOpenOption.APPEND);
        execute("postgres", "SELECT pg_reload_conf()");
    }

    /** A database's address. There need not be one yet. */
    public String url(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** The address of a new, empty database. */
    public String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    /** The address of a new store in the database that all share: cheaper than a new database. */
    public String newStore() {
        return url("postgres") + "?currentSchema=test_" + DATABASES.incrementAndGet();
    }

    /** Removes a database, whoever is still connected to it. */
    public void drop(String url) {
        execute("postgres", "DROP DATABASE " + name(url) + " WITH (FORCE)");
    }

    static String name(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
    }

    /** Runs a statement in a database, as somebody else would. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(url(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    /** A connection to a database by its address, in the hands of nobody. */
    static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        return java.util.Objects.requireNonNull(
                new Driver()
                        .connect(
                                "jdbc:postgresql:"
                                        + url.substring(url.indexOf("//")).replace(USER + "@", ""),
                                properties));
    }

    /** Ends the server as a power cut would: nothing is written any more. */
    public void stopImmediately() throws IOException {
        run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", data().toString());
    }

    /** Starts a stopped server over the same data, at the same address. */
    public void restart() throws IOException {
        startAgain();
    }

    /** The same, with other settings than before. */
    void restartWith(String... others) throws IOException {
        settings = List.of(others);
        startAgain();
    }

    /** Whether it is there, be it well or not. */
    boolean isRunning() {
        try {
            run("pg_ctl", "status", "-D", data().toString());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Kills the server's main process. The others notice, and end too. */
    public void kill() throws IOException {
        String main = Files.readAllLines(data().resolve("postmaster.pid")).getFirst();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(main.strip())).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        process.destroyForcibly();
        all.forEach(each -> each.onExit().join());
    }

    /** Ends the server for good. */
    public void close() throws IOException {
        watchdog.getOutputStream().close();
        watchdog.onExit().join();
    }
}
