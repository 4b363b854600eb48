package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a store of PostgreSQL is: {@code postgresql://user@host:port/database?name=value}. It can
 * hold a password, which it tells the driver and nobody else.
 */
final class PostgresAddress {
    /** What all tables of a store stand in, where the address does not say. */
    private static final String DEFAULT_SCHEMA = "tidemark";

    /** What the driver calls the schema. */
    private static final String SCHEMA = "currentSchema";

    /** What an address may ask of the driver. Others could run code, or undo what a store needs. */
    private static final Set<String> PARAMETERS =
            Set.of(
                    "ApplicationName",
                    "channelBinding",
                    "connectTimeout",
                    SCHEMA,
                    "loginTimeout",
                    "passfile",
                    "socketTimeout",
                    "sslcert",
                    "sslkey",
                    "sslmode",
                    "sslrootcert");

    /** One that needs no quotes; so it can stand in SQL. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private static final String SCHEME = "postgresql";
    private static final String EXAMPLE = "postgresql://user@host:5432/database";
    private static final String DEFAULT_PORT = "5432";

    private final String hosts;
    private final String database;
    private final Properties properties = new Properties();

    private PostgresAddress(String hosts, String database) {
        this.hosts = hosts;
        this.database = database;
    }

    /**
     * Reads an address.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where it is none; the message
     *     does not hold a password
     */
    static PostgresAddress parse(String text) {
        URI uri = uri(text);
        String authority = uri.getRawAuthority();
        String path = uri.getRawPath();
        if (!SCHEME.equals(uri.getScheme()) || authority == null || path.length() < 2) {
            throw refused(text, "it has no scheme '" + SCHEME + "', no host or no database");
        }
        int at = authority.lastIndexOf('@');
        PostgresAddress address =
                new PostgresAddress(authority.substring(at + 1), decoded(path.substring(1)));
        if (at >= 0) {
            address.user(authority.substring(0, at));
        }
        address.properties.setProperty(SCHEMA, DEFAULT_SCHEMA);
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&", -1)) {
                address.parameter(text, parameter);
            }
        }
        return address;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused(text, e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    private void user(String info) {
        int colon = info.indexOf(':');
        properties.setProperty("user", decoded(colon < 0 ? info : info.substring(0, colon)));
        if (colon >= 0) {
            properties.setProperty("password", decoded(info.substring(colon + 1)));
        }
    }

    private void parameter(String text, String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        if (equals < 0 || !PARAMETERS.contains(name)) {
            throw refused(
                    text, "it cannot set '" + name + "', but only " + new TreeSet<>(PARAMETERS));
        }
        String value = decoded(parameter.substring(equals + 1));
        if (name.equals(SCHEMA) && !PLAIN_NAME.matcher(value).matches()) {
            throw refused(text, "a schema is named with a-z, 0-9 and _, not '" + value + "'");
        }
        properties.setProperty(name, value);
    }

    /** Nothing of the address beyond its hosts is shown: what is wrong may be in the password. */
    private static TidemarkException refused(String text, String why) {
        String shown = text.replaceFirst("//[^/]*@", "//…@").replaceFirst("\\?.*", "?…");
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "'"
                        + shown
                        + "' is not the address of a store: "
                        + why
                        + ". An address is "
                        + EXAMPLE
                        + "; a password belongs into PGPASSWORD or the file ~/.pgpass");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For the driver, without user and password. */
    String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + encoded(database);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String schema() {
        return properties.getProperty(SCHEMA);
    }

    String user() {
        return properties.getProperty("user", System.getProperty("user.name"));
    }

    /** What the address says, over what is said where it says nothing. Holds the password. */
    Properties over(Properties defaults) {
        Properties all = new Properties();
        all.putAll(defaults);
        String password = System.getenv("PGPASSWORD");
        if (password != null) {
            all.setProperty("password", password);
        }
        all.setProperty("user", user());
        all.putAll(properties);
        return all;
    }

    /** For people: without what is secret, or could be. */
    @Override
    public String toString() {
        String port = hosts.contains(":") ? "" : ":" + DEFAULT_PORT;
        return SCHEME + "://" + user() + "@" + hosts + port + "/" + database;
    }
}
