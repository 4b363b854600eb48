package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of a query, see {@link Database#query}. Its columns have the names and types that the
 * database gives them; its version is the hash of the rows read. It reads one state of the database
 * and cannot write.
 */
public final class QuerySource implements Source<Rows> {
    private final Database database;
    private final String name;
    private final NamedParameters query;

    QuerySource(Database database, String query, String sql) {
        this.database = database;
        this.name = Asset.named(database.name() + "/" + query).name();
        this.query = NamedParameters.parse(name, sql);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Rows open(Boundary boundary) {
        return OpensRows.of(database, name, boundary, this::read);
    }

    private Rows read(Session session, Boundary boundary) throws SQLException {
        PreparedStatement statement = session.connection().prepareStatement(query.sql());
        Session.bind(statement, query.values(session.dialect(), boundary.partition()));
        ResultSet result = statement.executeQuery();
        return ResultRows.of(
                session,
                statement,
                result,
                columns(session.dialect(), result.getMetaData()),
                new ResultRows.From(boundary, name, partition(boundary), Optional.empty()));
    }

    /** A query that names nothing of the run reads the same for every partition. */
    private String partition(Boundary boundary) {
        return query.names().isEmpty() ? Partition.WHOLE : boundary.partition().key();
    }

    private Schema columns(Dialect dialect, ResultSetMetaData result) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            columns.add(column(dialect, result.getColumnLabel(i), result.getColumnTypeName(i)));
        }
        return Schema.of(columns);
    }

    private Column column(Dialect dialect, String label, String declared) {
        ColumnType type =
                dialect.meaning(declared)
                        .orElseThrow(
                                () ->
                                        unreadable(
                                                ("column '%s' is of the type %s, which"
                                                                + " rows cannot hold; cast it")
                                                        .formatted(label, declared)));
        try {
            return new Column(label, type);
        } catch (TidemarkException e) {
            throw unreadable(
                    "the result has a column '%s'; give it a plain name with AS".formatted(label));
        }
    }

    private TidemarkException unreadable(String why) {
        return new TidemarkException(ErrorCode.INPUT_UNREADABLE, name + ": " + why);
    }
}
