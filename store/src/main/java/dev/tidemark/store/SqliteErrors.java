package dev.tidemark.store;

import dev.tidemark.Classification;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what an error of SQLite means for the store in a file, and what to do. */
record SqliteErrors(Path file) {
    /** An extended code has the plain one in its lowest byte. */
    private static final int PLAIN_CODE = 0xFF;

    /** With less room than this, an error in writing is taken for a full disk. */
    private static final long LEAST_ROOM_BYTES = 64 * 1024;

    static boolean isConstraint(SQLException e) {
        return plainCode(e) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    private static int plainCode(SQLException e) {
        return e.getErrorCode() & PLAIN_CODE;
    }

    /**
     * The error.
     *
     * @param what what could not be done
     */
    TidemarkException of(String what, SQLException e) {
        return isDiskFull(e)
                ? new TidemarkException(
                        ErrorCode.DISK_FULL,
                        "the disk is full: could not "
                                + what
                                + " the store "
                                + file
                                + ", and nothing of it was kept. Free some space on the disk of "
                                + file.getParent()
                                + ", then start again: the work goes on where it stood",
                        e)
                : new TidemarkException(
                        ErrorCode.STORE_FAILED,
                        "could not " + what + " the store " + file + ": " + reason(e),
                        e);
    }

    private boolean isDiskFull(SQLException e) {
        int code = plainCode(e);
        return code == SQLiteErrorCode.SQLITE_FULL.code
                || Classification.isDiskFull(e)
                || (code == SQLiteErrorCode.SQLITE_IOERR.code && isRoomGone());
    }

    private boolean isRoomGone() {
        try {
            return Files.getFileStore(file).getUsableSpace() < LEAST_ROOM_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    private static String reason(SQLException e) {
        int code = plainCode(e);
        if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
            return "another process is writing to it. Let that one finish, or stop it";
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return "it is damaged, or no store at all. Put a copy in its place, or move it away to"
                    + " begin a new one ("
                    + e.getMessage()
                    + ")";
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return "the file or its folder cannot be opened or written. Check that the folder is"
                    + " there and whose it is ("
                    + e.getMessage()
                    + ")";
        }
        return String.valueOf(e.getMessage());
    }
}
