package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Rows;
import java.sql.SQLException;

/** Opens a database to read rows that outlive the call, and closes it where that fails. */
interface OpensRows {
    Rows open(Session session, Boundary boundary) throws SQLException;

    static Rows of(Database database, String source, Boundary boundary, OpensRows opening) {
        Reach reach = database.reach(boundary);
        try {
            Session session = reach.openExisting(source);
            try {
                session.dialect().beginReading(session);
                return opening.open(session, boundary);
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseErrors.reading(source, reach.dialect(), e);
        }
    }
}
