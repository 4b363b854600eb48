package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.TidemarkException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query with its named parameters in the form that drivers take.
 *
 * @param sql with a question mark in the place of each parameter
 * @param names the parameters in the order of the question marks
 */
record NamedParameters(String sql, List<String> names) {
    /**
     * Literals, quoted names, comments and casts are passed over; a colon in them means nothing.
     */
    private static final Pattern TOKEN =
            Pattern.compile(
                    """
                    '(?:[^']|'')*+' | "(?:[^"]|"")*+" | --[^\\n]*+ | /\\*(?s:.)*?\\*/
                    | :: | :([A-Za-z_]\\w*) | (\\?) | (;)\
                    """,
                    Pattern.COMMENTS);

    private static final Pattern SELECT =
            Pattern.compile("(?is)\\s*(?:--[^\\n]*\\n\\s*|/\\*.*?\\*/\\s*)*+(?:SELECT|WITH)\\b.*");

    NamedParameters {
        names = List.copyOf(names);
    }

    /**
     * @throws TidemarkException {@link ErrorCode#INVALID_DEFINITION} where it is not one {@code
     *     SELECT}
     */
    static NamedParameters parse(String query, String sql) {
        String statement = sql.strip();
        if (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1);
        }
        if (!SELECT.matcher(statement).matches()) {
            throw invalid(query, "it does not begin with SELECT or WITH; a query only reads");
        }
        List<String> names = new ArrayList<>();
        StringBuilder positional = new StringBuilder();
        Matcher token = TOKEN.matcher(statement);
        while (token.find()) {
            if (token.group(3) != null) {
                throw invalid(query, "it has more than one statement");
            }
            if (token.group(2) != null) {
                throw invalid(query, "it has a '?'; name its parameters, such as :start");
            }
            String name = token.group(1);
            if (name != null) {
                names.add(name);
            }
            token.appendReplacement(
                    positional, name == null ? Matcher.quoteReplacement(token.group()) : "?");
        }
        token.appendTail(positional);
        NamedParameters parsed = new NamedParameters(positional.toString(), names);
        parsed.names.forEach(name -> verifyKnown(query, name));
        return parsed;
    }

    private static void verifyKnown(String query, String name) {
        switch (name) {
            case "start", "end", "start_instant", "end_instant", "date", "partition" -> {}
            default ->
                    throw invalid(
                            query,
                            ("there is no parameter :%s; there are :start, :end,"
                                            + " :start_instant, :end_instant, :date and :partition")
                                    .formatted(name));
        }
    }

    /** The values of the parameters for a partition, as the driver takes them. */
    @Nullable Object[] values(Dialect dialect, Partition partition) {
        return names.stream().map(name -> value(name, dialect, partition)).toArray();
    }

    private static @Nullable Object value(String name, Dialect dialect, Partition partition) {
        return switch (name) {
            case "start" ->
                    dialect.comparable(
                            LocalDateTime.ofInstant(
                                    partition.interval().start(), partition.zone()));
            case "end" ->
                    dialect.comparable(
                            LocalDateTime.ofInstant(partition.interval().end(), partition.zone()));
            case "start_instant" -> dialect.bound(partition.interval().start());
            case "end_instant" -> dialect.bound(partition.interval().end());
            case "date" ->
                    dialect.bound(
                            LocalDate.ofInstant(partition.interval().start(), partition.zone()));
            case "partition" -> partition.key();
            default -> throw new IllegalStateException(name);
        };
    }

    private static TidemarkException invalid(String query, String why) {
        return new TidemarkException(
                ErrorCode.INVALID_DEFINITION, "query '%s': %s".formatted(query, why));
    }
}
