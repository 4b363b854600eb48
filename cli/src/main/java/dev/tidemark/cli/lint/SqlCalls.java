package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Value;
import dev.tidemark.cli.inspect.MethodName;
import java.util.List;
import java.util.Set;

/** Which calls take texts that are SQL, and which take texts that are certainly none. */
final class SqlCalls {
    private static final Set<String> JDBC =
            Set.of(
                    "execute",
                    "executeQuery",
                    "executeUpdate",
                    "executeLargeUpdate",
                    "addBatch",
                    "prepareStatement",
                    "prepareCall",
                    "nativeSQL");

    private static final Set<String> COPY = Set.of("copyIn", "copyOut");

    private static final List<String> DATABASES =
            List.of("java/sql/", "javax/sql/", "org/duckdb/", "org/sqlite/", "org/postgresql/");

    /** Where texts are for people, or only compared. */
    private static final List<String> FOR_PEOPLE =
            List.of(
                    "dev/tidemark/",
                    "java/util/logging/",
                    "java/lang/System$Logger",
                    "java/io/Print",
                    "org/slf4j/");

    /** The methods of a text whose result may be the text, or a part of it. */
    private static final Set<String> KEEPING =
            Set.of(
                    "concat",
                    "format",
                    "formatted",
                    "indent",
                    "intern",
                    "join",
                    "lines",
                    "repeat",
                    "replace",
                    "replaceAll",
                    "replaceFirst",
                    "split",
                    "strip",
                    "stripIndent",
                    "stripLeading",
                    "stripTrailing",
                    "substring",
                    "toLowerCase",
                    "toString",
                    "toUpperCase",
                    "transform",
                    "translateEscapes",
                    "trim",
                    "valueOf");

    private SqlCalls() {}

    /** Whether it has a database carry out, or prepare, what it is given. */
    static boolean takesSql(MethodName call) {
        return isTidemarkQuery(call)
                || (isOfDatabase(call)
                        && (JDBC.contains(call.name())
                                || (COPY.contains(call.name())
                                        && call.owner().startsWith("org/postgresql/"))));
    }

    /** Whether of its arguments this one is the SQL: of two texts it may be the second. */
    static boolean isSql(MethodName call, List<Value> arguments, Value.Text text) {
        int position = isTidemarkQuery(call) ? 2 : 1;
        return arguments.size() > position && arguments.get(position) == text;
    }

    private static boolean isTidemarkQuery(MethodName call) {
        return call.owner().equals("dev/tidemark/data/Database") && call.name().equals("query");
    }

    static boolean isOfDatabase(MethodName call) {
        return DATABASES.stream().anyMatch(call.owner()::startsWith);
    }

    static boolean takesNoSql(MethodName call) {
        String owner = call.owner();
        return FOR_PEOPLE.stream().anyMatch(owner::startsWith)
                || ((owner.endsWith("Exception") || owner.endsWith("Error"))
                        && call.isConstructor())
                || (owner.equals("java/lang/String") && !KEEPING.contains(call.name()));
    }
}
