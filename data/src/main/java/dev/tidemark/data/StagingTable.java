package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.FencingToken;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of one attempt, where its rows lie until they are published. Nobody else reads it. Its
 * name is made of hashes, since an issuer or a partition can have any name.
 */
record StagingTable(String piece, FencingToken token, boolean repeatsRemoved, Schema schema) {
    private static final int HASH_CHARACTERS = 12;
    private static final Pattern NAME =
            Pattern.compile("tidemark_staging_([0-9a-f]+)_([0-9a-f]+)_(\\d{1,18})(?:_once)?");

    static StagingTable of(String asset, Boundary boundary, Schema schema) {
        String piece = shortHash(asset + "\n" + boundary.partition().key());
        return new StagingTable(piece, boundary.token(), false, schema);
    }

    private static String shortHash(String text) {
        return Sha256.hex(text).substring(0, HASH_CHARACTERS);
    }

    String name() {
        return "tidemark_staging_%s_%s_%d%s"
                .formatted(
                        piece,
                        shortHash(token.issuer()),
                        token.number(),
                        repeatsRemoved ? "_once" : "");
    }

    /** Where only one row of each key is kept. */
    StagingTable withoutRepeats() {
        return new StagingTable(piece, token, true, schema);
    }

    void create(Session session) throws SQLException {
        Dialect dialect = session.dialect();
        session.execute(
                "CREATE %s %s (%s)"
                        .formatted(
                                dialect.stagingKind(),
                                dialect.quoted(name()),
                                dialect.definition(schema)));
    }

    void drop(Session session) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + session.dialect().quoted(name()));
    }

    /**
     * Drops what attempts on the same partition left that are over for certain: earlier ones of the
     * same home, and those of a home that a person said is gone. A successor may have claimed a
     * moment ago, and its table is not touched.
     */
    void dropLeftovers(Session session, boolean otherHomesAreGone) throws SQLException {
        for (String table : session.dialect().tables(session)) {
            Matcher found = NAME.matcher(table);
            if (found.matches() && found.group(1).equals(piece)) {
                boolean sameHome = found.group(2).equals(shortHash(token.issuer()));
                boolean earlier = Long.parseLong(found.group(3)) < token.number();
                if (sameHome ? earlier : otherHomesAreGone) {
                    session.execute("DROP TABLE IF EXISTS " + session.dialect().quoted(table));
                }
            }
        }
    }

    long count(Session session) throws SQLException {
        return session.count("SELECT count(*) FROM " + session.dialect().quoted(name()));
    }

    /** How many rows do not fulfil a condition. */
    long countOutside(Session session, TableWindow window) throws SQLException {
        return session.count(
                "SELECT count(*) FROM %s WHERE (%s) IS NOT TRUE"
                        .formatted(session.dialect().quoted(name()), window.condition()),
                window.boundValues());
    }

    Optional<Row> exampleOutside(Session session, TableWindow window) throws SQLException {
        return session.first(
                "SELECT %s FROM %s WHERE (%s) IS NOT TRUE LIMIT 1"
                        .formatted(
                                session.dialect().quoted(schema.names()),
                                session.dialect().quoted(name()),
                                window.condition()),
                row -> ResultRows.row(session.dialect(), schema, row),
                window.boundValues());
    }

    /** A key that more than one row has, as text. */
    Optional<String> repeatedKey(Session session, List<String> keys) throws SQLException {
        Dialect dialect = session.dialect();
        return session.first(
                "SELECT %1$s, count(*) FROM %2$s GROUP BY %1$s HAVING count(*) > 1 LIMIT 1"
                        .formatted(dialect.quoted(keys), dialect.quoted(name())),
                row -> {
                    StringBuilder key = new StringBuilder();
                    for (int i = 0; i < keys.size(); i++) {
                        key.append(i == 0 ? "" : ", ").append(keys.get(i)).append(" = ");
                        key.append(row.getString(i + 1));
                    }
                    return key + " in " + row.getLong(keys.size() + 1) + " rows";
                });
    }

    long countWithoutKey(Session session, List<String> keys) throws SQLException {
        String missing =
                String.join(
                        " OR ",
                        keys.stream()
                                .map(key -> session.dialect().quoted(key) + " IS NULL")
                                .toList());
        return session.count(
                "SELECT count(*) FROM %s WHERE %s"
                        .formatted(session.dialect().quoted(name()), missing));
    }

    /**
     * Fills this with one row a key out of another: the newest, and of several newest ones always
     * the same.
     */
    void fillOnce(Session session, StagingTable from, List<String> keys, String newestBy)
            throws SQLException {
        Dialect dialect = session.dialect();
        session.update(
                """
                INSERT INTO %1$s (%2$s) SELECT %2$s FROM (
                  SELECT %2$s, row_number() OVER (
                    PARTITION BY %3$s ORDER BY %4$s DESC NULLS LAST, %2$s) AS tidemark_place
                  FROM %5$s) AS numbered
                WHERE tidemark_place = 1\
                """
                        .formatted(
                                dialect.quoted(name()),
                                dialect.quoted(schema.names()),
                                dialect.quoted(keys),
                                dialect.quoted(newestBy),
                                dialect.quoted(from.name())));
    }

    String hash(Session session) throws SQLException {
        ContentHash hash = new ContentHash();
        String select =
                "SELECT %s FROM %s"
                        .formatted(
                                session.dialect().quoted(schema.names()),
                                session.dialect().quoted(name()));
        return session.dialect()
                .streaming(
                        session,
                        () -> {
                            try (var statement = session.connection().prepareStatement(select);
                                    var rows = statement.executeQuery()) {
                                while (rows.next()) {
                                    hash.add(ResultRows.row(session.dialect(), schema, rows));
                                }
                            }
                            return hash.hex();
                        });
    }
}
