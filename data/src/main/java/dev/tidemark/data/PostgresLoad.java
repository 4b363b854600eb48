package dev.tidemark.data;

import dev.tidemark.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * {@code COPY}, a piece at a time: rows wait in memory until there is a piece of them, so that two
 * loads can take turns on one connection, and a slow source holds nothing open.
 */
final class PostgresLoad implements Dialect.Load {
    private static final int PIECE_BYTES = 1 << 20;
    private static final byte[] NULL = {'\\', 'N'};

    private final Session session;
    private final String copy;
    private byte[] piece = new byte[PIECE_BYTES + (PIECE_BYTES >> 2)];
    private int filled;

    PostgresLoad(Session session, String table, Schema schema) {
        Dialect dialect = session.dialect();
        this.session = session;
        this.copy =
                "COPY %s (%s) FROM STDIN"
                        .formatted(dialect.quoted(table), dialect.quoted(schema.names()));
    }

    @Override
    public void add(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                put((byte) '\t');
            }
            value(values[i]);
        }
        put((byte) '\n');
        if (filled >= PIECE_BYTES) {
            finish();
        }
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> put(NULL);
            case String text -> escaped(text.getBytes(StandardCharsets.UTF_8));
            case BigDecimal decimal -> plain(decimal.toPlainString());
            case Long number -> plain(number.toString());
            case Double number -> plain(number.toString());
            case Boolean bool -> plain(bool ? "t" : "f");
            case LocalDate date -> plain(date.toString());
            case LocalDateTime local -> plain(local.toString());
            case Instant instant -> plain(instant.atOffset(ZoneOffset.UTC).toString());
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    private void plain(String text) {
        put(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What has a meaning of its own in a row is below 128, and so never part of a character. */
    private void escaped(byte[] text) {
        room(2 * text.length);
        for (byte each : text) {
            switch (each) {
                case '\\' -> escape('\\');
                case '\t' -> escape('t');
                case '\n' -> escape('n');
                case '\r' -> escape('r');
                default -> piece[filled++] = each;
            }
        }
    }

    private void escape(char letter) {
        piece[filled++] = '\\';
        piece[filled++] = (byte) letter;
    }

    private void put(byte one) {
        room(1);
        piece[filled++] = one;
    }

    private void put(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, piece, filled, bytes.length);
        filled += bytes.length;
    }

    private void room(int bytes) {
        if (piece.length - filled < bytes) {
            piece = Arrays.copyOf(piece, Math.max(filled + bytes, 2 * piece.length));
        }
    }

    @Override
    public void finish() throws SQLException {
        if (filled == 0) {
            return;
        }
        CopyIn open = session.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            open.writeToCopy(piece, 0, filled);
            var _ = open.endCopy();
        } finally {
            if (open.isActive()) {
                open.cancelCopy();
            }
        }
        filled = 0;
    }

    @Override
    public void close() {
        filled = 0;
    }
}
