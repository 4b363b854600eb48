package dev.tidemark.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Stands between a store and its connection, and makes calls fail. */
final class Faults {
    private static final int NEVER = Integer.MAX_VALUE;

    private int callsLeft = NEVER;

    /** The connection, with all its statements, commits and rollbacks passing through here. */
    Connection around(Connection connection) {
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        count();
                    }
                    @Nullable Object result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? around(statement)
                            : result;
                });
    }

    private PreparedStatement around(PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        count();
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

    private void count() throws SQLException {
        callsLeft--;
        if (callsLeft == 0) {
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
