package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ClassificationTest {
    @ParameterizedTest
    @CsvSource({
        "200, UNKNOWN",
        "302, UNKNOWN",
        "400, PERMANENT",
        "401, PERMANENT",
        "403, PERMANENT",
        "404, PERMANENT",
        "408, TRANSIENT",
        "409, PERMANENT",
        "422, PERMANENT",
        "425, TRANSIENT",
        "429, RATE_LIMITED",
        "499, PERMANENT",
        "500, TRANSIENT",
        "502, TRANSIENT",
        "503, TRANSIENT",
        "504, TRANSIENT",
        "599, TRANSIENT"
    })
    void anHttpStatusHasAClass(int status, ErrorClass errorClass) {
        assertThat(Classification.ofHttpStatus(status)).isEqualTo(errorClass);
    }

    @ParameterizedTest
    @CsvSource({"1, UNKNOWN", "2, UNKNOWN", "75, TRANSIENT", "126, UNKNOWN", "137, UNKNOWN"})
    void anExitCodeHasAClass(int code, ErrorClass errorClass) {
        assertThat(Classification.ofExitCode(code)).isEqualTo(errorClass);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "08006, connection failure, TRANSIENT",
        "40001, serialization failure, TRANSIENT",
        "40P01, deadlock detected, TRANSIENT",
        "57P01, admin shutdown, TRANSIENT",
        "53300, too many connections, TRANSIENT",
        "53100, disk full, PERMANENT",
        "55P03, lock not available, TRANSIENT",
        "55006, object in use, PERMANENT",
        "22012, division by zero, PERMANENT",
        "23505, unique violation, PERMANENT",
        "28P01, invalid password, PERMANENT",
        "3D000, no such database, PERMANENT",
        "42P01, undefined table, PERMANENT",
        "XX000, internal error, UNKNOWN",
        ", [SQLITE_BUSY] The database file is locked, TRANSIENT",
        ", [SQLITE_LOCKED] A table is locked, TRANSIENT",
        ", [SQLITE_FULL] database or disk is full, PERMANENT",
        ", [SQLITE_CONSTRAINT] UNIQUE constraint failed, PERMANENT",
        ", TransactionContext Error: Transaction conflict, TRANSIENT",
        ", Catalog Error: Table x does not exist, PERMANENT",
        ", Parser Error: syntax error at or near x, PERMANENT",
        ", something else, UNKNOWN",
        "0, Binder Error: no such column, PERMANENT",
        ", , UNKNOWN"
    })
    void anSqlStateOrItsWordsHaveAClass(
            @Nullable String state, @Nullable String words, ErrorClass errorClass) {
        assertThat(Classification.ofSqlState(state, words)).isEqualTo(errorClass);
        assertThat(Classification.of(new SQLException(words, state))).isEqualTo(errorClass);
    }

    static Stream<Arguments> exceptions() {
        return Stream.of(
                arguments(new SocketTimeoutException("timed out"), ErrorClass.TRANSIENT),
                arguments(new HttpConnectTimeoutException("timed out"), ErrorClass.TRANSIENT),
                arguments(new TimeoutException("timed out"), ErrorClass.TRANSIENT),
                arguments(new ConnectException("refused"), ErrorClass.TRANSIENT),
                arguments(new SocketException("Connection reset"), ErrorClass.TRANSIENT),
                arguments(new UnknownHostException("nowhere"), ErrorClass.TRANSIENT),
                arguments(new EOFException(), ErrorClass.TRANSIENT),
                arguments(new SQLTimeoutException("timed out"), ErrorClass.TRANSIENT),
                arguments(new NoSuchFileException("x"), ErrorClass.PERMANENT),
                arguments(new AccessDeniedException("x"), ErrorClass.PERMANENT),
                arguments(new NullPointerException(), ErrorClass.PERMANENT),
                arguments(new IllegalArgumentException("x"), ErrorClass.PERMANENT),
                arguments(new NumberFormatException("x"), ErrorClass.PERMANENT),
                arguments(new ArrayIndexOutOfBoundsException(3), ErrorClass.PERMANENT),
                arguments(new ClassCastException("x"), ErrorClass.PERMANENT),
                arguments(new NoClassDefFoundError("x"), ErrorClass.PERMANENT),
                arguments(new IOException("odd"), ErrorClass.UNKNOWN),
                arguments(new IllegalStateException("odd"), ErrorClass.UNKNOWN),
                arguments(new Exception("odd"), ErrorClass.UNKNOWN),
                arguments(TaskException.transientError("x"), ErrorClass.TRANSIENT),
                arguments(TaskException.permanent("x"), ErrorClass.PERMANENT),
                arguments(TaskException.rejected("x"), ErrorClass.REJECTED),
                arguments(
                        TaskException.rateLimited("x", Duration.ofSeconds(1)),
                        ErrorClass.RATE_LIMITED));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void anExceptionHasAClass(Throwable error, ErrorClass errorClass) {
        assertThat(Classification.of(error)).isEqualTo(errorClass);
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void anExceptionThatSaysNothingHasTheClassOfItsCause(Throwable error, ErrorClass errorClass) {
        assertThat(Classification.of(new RuntimeException(error))).isEqualTo(errorClass);
        assertThat(Classification.of(new ExecutionException(new RuntimeException(error))))
                .isEqualTo(errorClass);
    }

    @Test
    void theFirstThatIsKnownDecides() {
        assertThat(Classification.of(new IllegalArgumentException(new ConnectException())))
                .isEqualTo(ErrorClass.PERMANENT);
        assertThat(
                        Classification.of(
                                TaskException.transientError("x", new NoSuchFileException("x"))))
                .isEqualTo(ErrorClass.TRANSIENT);
    }

    @ParameterizedTest
    @EnumSource
    void eachErrorOfTidemarkHasTheClassOfItsCode(ErrorCode code) {
        assertThat(Classification.of(new TidemarkException(code, "x")))
                .isEqualTo(code.errorClass());
    }

    @Test
    void aFullDiskIsPermanentHoweverItIsWrapped() {
        IOException full = new FileSystemException("/data/x", null, "No space left on device");
        assertThat(Classification.of(full)).isEqualTo(ErrorClass.PERMANENT);
        assertThat(Classification.of(new UncheckedIOException(full)))
                .isEqualTo(ErrorClass.PERMANENT);
        assertThat(Classification.isDiskFull(new RuntimeException(full))).isTrue();
        assertThat(Classification.isDiskFull(new SQLException("[SQLITE_FULL] full"))).isTrue();
        assertThat(Classification.isDiskFull(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(Classification.isDiskFull(new IOException("odd"))).isFalse();
        assertThat(Classification.isDiskFull(new IOException())).isFalse();
    }

    @Test
    void causesThatGoInACircleComeToAnEnd() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        assertThat(Classification.of(one)).isEqualTo(ErrorClass.UNKNOWN);
        assertThat(Classification.isDiskFull(one)).isFalse();
    }
}
