package dev.tidemark.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Stops the server and removes its folder when the pipe to it closes, as it does with us. */
    private final Process watchdog;

    private PostgresServer(Path folder, Path programs, List<String> asUser) throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.asUser = asUser;
        this.port = freePort();
        List<String> command = new ArrayList<>(asUser);
        command.addAll(
                List.of(
                        "sh",
                        "-c",
                        "cat; \"$0\" stop -m immediate -D \"$1\"; rm -rf \"$2\"",
                        programs.resolve("pg_ctl").toString(),
                        data().toString(),
                        folder.toString()));
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
                missing = shared == null ? "no PostgreSQL server on this machine" : "";
            } catch (IOException e) {
                missing = "no PostgreSQL server could be started: " + e.getMessage();
            }
        }
        Assumptions.assumeTrue(shared != null, missing);
        return java.util.Objects.requireNonNull(shared);
    }

    /** Starts a server of its own; empty where there are no programs for one. */
    public static Optional<PostgresServer> start() throws IOException {
        Path folder = Files.createTempDirectory("tidemark-postgres");
        Optional<Path> programs = PostgresBinaries.find(folder);
        if (programs.isEmpty()) {
            Files.delete(folder);
            return Optional.empty();
        }
        PostgresServer server = new PostgresServer(folder, programs.get(), asUserWhoMayOwn(folder));
        server.initialize();
        server.startAgain();
        return Optional.of(server);
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void initialize() throws IOException {
        run(
                "initdb",
                "-D",
                data().toString(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--no-locale");
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asUser);
        command.add(programs.resolve(program).toString());
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
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
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
