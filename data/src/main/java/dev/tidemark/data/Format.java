package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;

/** How rows become bytes of a file and come back as equal rows. */
interface Format {
    /** The end of the names of such files, without the dot before it. */
    String extension();

    RowWriter writer(Schema schema, OutputStream out) throws IOException;

    /**
     * Reads rows of this shape.
     *
     * @param where names the file in messages
     */
    RowReader reader(Schema schema, InputStream in, String where) throws IOException;

    /** Closing it completes the file. */
    interface RowWriter extends Closeable {
        void write(Row row);
    }

    /** One row after another, in bounded memory. */
    interface RowReader extends Iterator<Row>, Closeable {}
}
