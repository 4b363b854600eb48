package dev.tidemark.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Stands between a store and its connection, and makes calls fail. */
final class Faults {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Kind kind;
    private int callsLeft = NEVER;

    /** Faults that have not come yet. */
    Faults(Kind kind) {
        this.kind = kind;
    }

    /** What a call has done when it fails. */
    enum Kind {
        NOTHING,
        /** It took effect, and only its reply was lost. */
        ALL,
        /**
         * It took the transaction back, behind the driver's back, as SQLite does when the disk is
         * full.
         */
        ROLLBACK
    }

    /** The connection, with all that is called on it and its statements passing through here. */
    Connection around(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    @Nullable Object result = called(connection, connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? around(statement, connection)
                            : result;
                });
    }

    private PreparedStatement around(PreparedStatement statement, Connection connection) {
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> called(connection, statement, method, arguments));
    }

    /** The n-th call from now on fails, and none after it. */
    void failAt(int n) {
        callsLeft = n;
    }

    void never() {
        callsLeft = NEVER;
    }

    private @Nullable Object called(
            Connection connection,
            Object target,
            Method method,
            @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (!method.getName().matches("execute.*|prepareStatement|getUpdateCount|commit")) {
            return call(target, method, arguments);
        }
        callsLeft--;
        if (callsLeft != 0) {
            return call(target, method, arguments);
        }
        switch (kind) {
            case NOTHING -> {}
            case ALL -> call(target, method, arguments);
            case ROLLBACK -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            }
        }
        throw new SQLException("a fault, on purpose");
    }

    /** A connection on which something is done each time before a method is called. */
    static Connection before(String name, Runnable action, Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        action.run();
                    }
                    return call(connection, method, arguments);
                });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        Faults.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(
            Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
