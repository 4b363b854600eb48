package dev.tidemark.data;

import dev.tidemark.Boundary;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code tidemark.yaml} says of one connection. The kinds of databases are a closed list, and
 * so is what an address may ask of a driver: some properties load classes, read files or undo what
 * a publish hangs on.
 */
record ConnectionEntry(String name, YamlMapping entry, Connections origin) {
    private static final String URL = "url";
    private static final String PASSWORD = "password";
    private static final String USER = "user";
    private static final String SCHEMA = "schema";

    /** A file's name has nothing in it that a driver could take for a setting. */
    private static final Pattern FILE_URL = Pattern.compile("jdbc:(duckdb|sqlite):([^?;:#]+)");

    private static final Pattern SERVER_URL =
            Pattern.compile(
                    "jdbc:postgresql://([A-Za-z0-9._,:\\[\\]-]+)/([^/?#&]+)(?:\\?([^#]*))?");

    private static final Set<String> OPTIONS =
            new TreeSet<>(
                    List.of(
                            "channelBinding",
                            "gssEncMode",
                            "sslcert",
                            "sslkey",
                            "sslmode",
                            "sslNegotiation",
                            "sslrootcert"));

    private static final String DEFAULT_SCHEMA = "public";

    Reach reach(Boundary boundary) {
        String url = entry.text(URL);
        Matcher file = FILE_URL.matcher(url);
        if (file.matches()) {
            entry.allowing(URL);
            String path = file.group(2);
            FileDialect dialect = file.group(1).equals("duckdb") ? new DuckDb() : new Sqlite();
            return new Reach.ToFile(dialect, path, boundary.dataPath(path));
        }
        Matcher server = SERVER_URL.matcher(url);
        if (!server.matches()) {
            throw entry.refused(
                    entry.lineOf(URL),
                    ("the url of '%s' is none that Tidemark takes: jdbc:postgresql://host:5432/"
                                    + "database, jdbc:duckdb:file or jdbc:sqlite:file. User and"
                                    + " password are keys of their own")
                            .formatted(name));
        }
        entry.allowing(URL, USER, PASSWORD, SCHEMA);
        return new PostgresReach(
                name,
                new PostgresConnection(
                        server.group(1),
                        decoded(server.group(2)),
                        entry.optionalText(SCHEMA).orElse(DEFAULT_SCHEMA),
                        new PostgresConnection.Login(entry.text(USER), password()),
                        options(Optional.ofNullable(server.group(3)).orElse(""))),
                boundary.isExperiment());
    }

    private Map<String, String> options(String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !OPTIONS.contains(key)) {
                // A password has been seen there, so what is no known name is not shown.
                throw entry.refused(
                        entry.lineOf(URL),
                        "the url of '%s' sets something else than %s".formatted(name, OPTIONS));
            }
            options.put(key, decoded(option.substring(equals + 1)));
        }
        return options;
    }

    private String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw entry.refused(
                    entry.lineOf(URL), "the url of '%s' has a broken %%-escape".formatted(name));
        }
    }

    private Optional<Secret> password() {
        if (!entry.has(PASSWORD)) {
            return Optional.empty();
        }
        if (!entry.isMapping(PASSWORD)) {
            throw entry.refused(
                    entry.lineOf(PASSWORD),
                    ("the password of '%s' stands in the file. Only say where it is: {env: NAME}"
                                    + " or {file: PATH}; and take another one, since this file is"
                                    + " read by many")
                            .formatted(name));
        }
        YamlMapping reference = entry.mapping(PASSWORD).allowing("env", "file");
        if (reference.keys().size() != 1) {
            throw entry.refused(
                    entry.lineOf(PASSWORD),
                    "the password of '%s' is in one place: {env: NAME} or {file: PATH}"
                            .formatted(name));
        }
        String user = "connection '%s'".formatted(name);
        return Optional.of(
                reference.has("env")
                        ? new Secret.FromEnvironment(
                                user, reference.text("env"), origin.environment())
                        : new Secret.FromFile(
                                user, origin.folder().resolve(reference.text("file"))));
    }
}
