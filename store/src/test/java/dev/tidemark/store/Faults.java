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

    private final boolean rollBack;
    private int callsLeft = NEVER;

    /**
     * Faults that have not come yet.
     *
     * @param rollBack whether a fault also takes the transaction back, behind the driver's back, as
     *     SQLite does when the disk is full
     */
    Faults(boolean rollBack) {
        this.rollBack = rollBack;
    }

    /** The connection, with all its statements, commits and rollbacks passing through here. */
    Connection around(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        count(connection);
                    }
                    @Nullable Object result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? around(statement, connection)
                            : result;
                });
    }

    private PreparedStatement around(PreparedStatement statement, Connection connection) {
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        count(connection);
                    }
                    return call(statement, method, arguments);
                });
    }

    /** The n-th statement or commit from now on fails, and none after it. */
    void failAt(int n) {
        callsLeft = n;
    }

    void never() {
        callsLeft = NEVER;
    }

    private void count(Connection connection) throws SQLException {
        callsLeft--;
        if (callsLeft == 0) {
            if (rollBack) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            }
            throw new SQLException("a fault, on purpose");
        }
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
