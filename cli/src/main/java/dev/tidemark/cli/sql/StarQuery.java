package dev.tidemark.cli.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the columns of a query's result are those that some table happens to have: a star that is
 * not over columns which the query itself names further in.
 */
final class StarQuery {
    private static final Set<String> SET_OPERATORS = Set.of("UNION", "INTERSECT", "EXCEPT");

    private static final Set<String> BEHIND_FROM =
            Set.of(
                    "WHERE",
                    "GROUP",
                    "HAVING",
                    "ORDER",
                    "LIMIT",
                    "OFFSET",
                    "FETCH",
                    "WINDOW",
                    "QUALIFY",
                    "FOR",
                    "SELECT",
                    "UNION",
                    "INTERSECT",
                    "EXCEPT");

    /** What stands behind a table, or between it and the next one. */
    private static final Set<String> JOINING =
            Set.of(
                    "JOIN",
                    "INNER",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "CROSS",
                    "NATURAL",
                    "OUTER",
                    "SEMI",
                    "ANTI",
                    "ASOF",
                    "POSITIONAL",
                    "ON",
                    "USING",
                    "TABLESAMPLE",
                    "LATERAL");

    /** Functions in the place of a table whose columns are always the same. */
    private static final Set<String> OF_KNOWN_COLUMNS =
            Set.of("unnest", "generate_series", "range", "json_each", "json_tree", "values");

    private StarQuery() {}

    static boolean isOpen(Tokens query) {
        return isOpen(query, Map.of());
    }

    /**
     * @param named of each name that stands for a query, whether its columns are open
     */
    private static boolean isOpen(Tokens query, Map<String, Boolean> named) {
        if (!query.at(0).is("WITH")) {
            return isOpenWithout(query, named);
        }
        Map<String, Boolean> known = new HashMap<>(named);
        int at = query.at(1).is("RECURSIVE") ? 2 : 1;
        while (query.at(at).isName()) {
            String name = query.at(at).lower();
            at++;
            boolean columnsAreNamed = query.at(at).isSign("(");
            at = columnsAreNamed ? query.next(at) : at;
            while (query.at(at).isName()) {
                at++;
            }
            Tokens inner = query.range(at + 1, query.closing(at));
            known.put(name, false);
            known.put(name, !columnsAreNamed && isOpen(inner, known));
            at = query.next(at);
            if (!query.at(at).isSign(",")) {
                break;
            }
            at++;
        }
        return isOpenWithout(query.from(at), known);
    }

    private static boolean isOpenWithout(Tokens query, Map<String, Boolean> named) {
        int start = 0;
        for (int i = 0; i < query.size(); i = query.next(i)) {
            if (isSetOperator(query, i)) {
                if (isSelectOpen(query.range(start, i), named)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return isSelectOpen(query.from(start), named);
    }

    /** {@code * EXCEPT (a)} leaves out columns and is none. */
    private static boolean isSetOperator(Tokens query, int i) {
        Token next = query.at(i + 1).isSign("(") ? query.at(i + 2) : query.at(i + 1);
        return query.at(i).kind() == Token.Kind.WORD
                && SET_OPERATORS.contains(query.at(i).text().toUpperCase(java.util.Locale.ROOT))
                && List.of("SELECT", "ALL", "DISTINCT", "VALUES", "FROM", "WITH", "BY", "TABLE")
                        .stream()
                        .anyMatch(next::is);
    }

    private static boolean isSelectOpen(Tokens select, Map<String, Boolean> named) {
        if (select.at(0).isSign("(")) {
            return isOpen(select.range(1, select.closing(0)), named);
        }
        int first = select.at(0).is("ALL") || select.at(0).is("DISTINCT") ? 1 : 0;
        if (first == 1) {
            return isOpenWithout(select.from(1), named);
        }
        int from = find(select, "FROM");
        if (select.at(0).is("FROM") && find(select, "SELECT") == select.size()) {
            return tables(select.from(1), named).containsValue(true);
        }
        int list = find(select, "SELECT") + 1;
        int end = from > list ? from : select.size();
        Map<String, Boolean> tables = tables(select.from(from + 1), named);
        return select.range(list, end).split(",").stream().anyMatch(item -> isOpen(tables, item));
    }

    private static int find(Tokens tokens, String word) {
        for (int i = 0; i < tokens.size(); i = tokens.next(i)) {
            if (tokens.at(i).is(word)) {
                return i;
            }
        }
        return tokens.size();
    }

    private static boolean isOpen(Map<String, Boolean> tables, Tokens item) {
        int at = 0;
        while (item.at(at).is("DISTINCT") || item.at(at).is("ALL")) {
            at++;
        }
        if (item.at(at).isSign("*")) {
            return tables.containsValue(true);
        }
        while (item.at(at).isName() && item.at(at + 1).isSign(".")) {
            if (item.at(at + 2).isSign("*")) {
                return tables.getOrDefault(item.at(at).lower(), false);
            }
            at += 2;
        }
        return false;
    }

    /** The tables behind {@code FROM}, by the name they have there, and whether each is open. */
    private static Map<String, Boolean> tables(Tokens from, Map<String, Boolean> named) {
        Map<String, Boolean> tables = new HashMap<>();
        boolean tableIsNext = true;
        int at = 0;
        while (at < from.size() && !isOneOf(from.at(at), BEHIND_FROM)) {
            Token token = from.at(at);
            if (tableIsNext && !isOneOf(token, JOINING)) {
                at = add(from, at, named, tables);
                tableIsNext = false;
            } else {
                tableIsNext |= token.isSign(",") || token.is("JOIN");
                at = from.next(at);
            }
        }
        return tables;
    }

    /** Adds the table that begins there, and returns where it ends. */
    private static int add(
            Tokens from, int start, Map<String, Boolean> named, Map<String, Boolean> tables) {
        int at = start;
        boolean open;
        String name = "";
        if (from.at(at).isSign("(")) {
            open = isOpen(from.range(at + 1, from.closing(at)), named);
            at = from.next(at);
        } else {
            boolean qualified = false;
            while (from.at(at + 1).isSign(".")) {
                at += 2;
                qualified = true;
            }
            name = from.at(at).lower();
            at++;
            if (from.at(at).isSign("(")) {
                open = !OF_KNOWN_COLUMNS.contains(name);
                at = from.next(at);
            } else {
                open = qualified || named.getOrDefault(name, true);
            }
        }
        int alias = from.at(at).is("AS") ? at + 1 : at;
        if (from.at(alias).isName()
                && !isOneOf(from.at(alias), JOINING)
                && !isOneOf(from.at(alias), BEHIND_FROM)) {
            name = from.at(alias).lower();
            at = alias + 1;
            if (from.at(at).isSign("(")) {
                open = false;
                at = from.next(at);
            }
        }
        tables.put(name, open);
        return at;
    }

    private static boolean isOneOf(Token token, Set<String> words) {
        return token.kind() == Token.Kind.WORD
                && words.contains(token.text().toUpperCase(java.util.Locale.ROOT));
    }
}
