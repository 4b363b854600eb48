package dev.tidemark;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one table that says which error is of which class: exceptions, HTTP status, SQL state, exit
 * codes.
 */
public final class Classification {
    /** {@code EX_TEMPFAIL} of {@code sysexits.h}: try again later. */
    private static final int EXIT_TEMPORARY_FAILURE = 75;

    /** Bounds the walk along causes, which a careless library can tie into a circle. */
    private static final int MAX_CAUSES = 32;

    private Classification() {}

    /** The class of an exception: the first of it and its causes that is known decides. */
    public static ErrorClass of(Throwable error) {
        @Nullable Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            ErrorClass found = ofOne(cause);
            if (found != ErrorClass.UNKNOWN) {
                return found;
            }
            cause = cause.getCause();
        }
        return ErrorClass.UNKNOWN;
    }

    private static ErrorClass ofOne(Throwable error) {
        return switch (error) {
            case TaskException known -> known.errorClass();
            case TidemarkException known -> known.code().errorClass();
            case SQLTransientException _, SQLRecoverableException _ -> ErrorClass.TRANSIENT;
            case SQLException sql -> ofSqlState(sql.getSQLState(), sql.getMessage());
            case HttpTimeoutException _, TimeoutException _, SocketTimeoutException _ ->
                    ErrorClass.TRANSIENT;
            case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
                    ErrorClass.TRANSIENT;
            case SocketException _, EOFException _ -> ErrorClass.TRANSIENT;
            case NoSuchFileException _, AccessDeniedException _ -> ErrorClass.PERMANENT;
            case IOException io -> isDiskFull(io) ? ErrorClass.PERMANENT : ErrorClass.UNKNOWN;
            case NullPointerException _,
                    IllegalArgumentException _,
                    IndexOutOfBoundsException _,
                    ClassCastException _,
                    UnsupportedOperationException _,
                    ArithmeticException _,
                    LinkageError _ ->
                    ErrorClass.PERMANENT;
            default -> ErrorClass.UNKNOWN;
        };
    }

    /** Whether an error, or one of its causes, says that a disk is full. */
    public static boolean isDiskFull(Throwable error) {
        @Nullable Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("no space left on device")
                    || message.contains("database or disk is full")
                    || message.contains("disk quota exceeded")
                    || message.contains("sqlite_full")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The class of an HTTP answer that is not a success (RFC 9110, section 15). */
    public static ErrorClass ofHttpStatus(int status) {
        return switch (status) {
            case 429 -> ErrorClass.RATE_LIMITED;
            case 408, 425 -> ErrorClass.TRANSIENT;
            default -> {
                if (status >= 500) {
                    yield ErrorClass.TRANSIENT;
                }
                yield status >= 400 ? ErrorClass.PERMANENT : ErrorClass.UNKNOWN;
            }
        };
    }

    /** The class of a program's exit code other than 0. */
    public static ErrorClass ofExitCode(int code) {
        return code == EXIT_TEMPORARY_FAILURE ? ErrorClass.TRANSIENT : ErrorClass.UNKNOWN;
    }

    /**
     * The class of an SQL error, by the first two characters of its state (ISO 9075) or, for
     * engines that give none, by its words.
     */
    public static ErrorClass ofSqlState(@Nullable String state, @Nullable String message) {
        String words = String.valueOf(message).toLowerCase(Locale.ROOT);
        if (state == null || state.length() < 2) {
            return ofSqlWords(words);
        }
        return switch (state.substring(0, 2)) {
            case "08", "40", "57" -> ErrorClass.TRANSIENT;
            case "53" -> state.equals("53100") ? ErrorClass.PERMANENT : ErrorClass.TRANSIENT;
            case "55" -> state.equals("55P03") ? ErrorClass.TRANSIENT : ErrorClass.PERMANENT;
            case "22", "23", "28", "3D", "3F", "42" -> ErrorClass.PERMANENT;
            default -> ofSqlWords(words);
        };
    }

    private static ErrorClass ofSqlWords(String words) {
        if (words.contains("sqlite_busy")
                || words.contains("sqlite_locked")
                || words.contains("transaction conflict")
                || words.contains("conflict on update")
                || words.contains("conflict on tuple")) {
            return ErrorClass.TRANSIENT;
        }
        if (words.contains("disk is full")
                || words.contains("no space left")
                || words.contains("catalog error")
                || words.contains("parser error")
                || words.contains("binder error")
                || words.contains("constraint")
                || words.contains("no such table")
                || words.contains("syntax error")) {
            return ErrorClass.PERMANENT;
        }
        return ErrorClass.UNKNOWN;
    }
}
