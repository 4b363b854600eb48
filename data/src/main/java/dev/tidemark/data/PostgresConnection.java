package dev.tidemark.data;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Which server, which database in it, and as whom.
 *
 * @param hosts with ports, as in an address
 * @param schema where names without one lead, and our own tables stand
 */
record PostgresConnection(
        String hosts, String database, String schema, Login login, Map<String, String> options) {
    /**
     * Who is let in.
     *
     * @param password where empty, the driver looks into {@code ~/.pgpass}
     */
    record Login(String user, Optional<Secret> password) {}

    PostgresConnection {
        options = Map.copyOf(options);
    }

    /** For the driver, without what it is told by properties. */
    String jdbc() {
        return "jdbc:postgresql://%s/%s"
                .formatted(
                        hosts,
                        URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** Holds the password. */
    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", login.user());
        login.password().ifPresent(secret -> properties.setProperty("password", secret.value()));
        return properties;
    }

    String location() {
        return "postgresql://%s/%s".formatted(hosts, database);
    }
}
