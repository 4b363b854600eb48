package dev.tidemark.cli.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where SQL asks for the time of day. */
final class SqlClock {
    /** Functions that give it, whatever they are given. */
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "now",
                    "clock_timestamp",
                    "statement_timestamp",
                    "transaction_timestamp",
                    "timeofday",
                    "getdate",
                    "getutcdate",
                    "sysdate",
                    "sysdatetime",
                    "sysutcdatetime",
                    "sysdatetimeoffset",
                    "current_date",
                    "current_time",
                    "current_timestamp",
                    "current_datetime",
                    "current_localtime",
                    "current_localtimestamp",
                    "localtime",
                    "localtimestamp",
                    "get_current_time",
                    "get_current_timestamp",
                    "today",
                    "curdate",
                    "curtime",
                    "utc_date",
                    "utc_time",
                    "utc_timestamp");

    /** Key words that give it without parentheses. */
    private static final Set<String> WORDS =
            Set.of(
                    "current_date",
                    "current_time",
                    "current_timestamp",
                    "localtime",
                    "localtimestamp",
                    "sysdate",
                    "systimestamp");

    /** Functions that give it where they are given nothing, or {@code 'now'}. */
    private static final Set<String> FUNCTIONS_OF_NOTHING =
            Set.of("date", "time", "datetime", "julianday", "unixepoch", "unix_timestamp");

    /** The same, and with a form before it. */
    private static final String FORMAT = "strftime";

    private static final Set<String> TIMES_IN_WORDS =
            Set.of("now", "today", "yesterday", "tomorrow");

    private static final Set<String> TYPES =
            Set.of("date", "time", "timetz", "timestamp", "timestamptz", "datetime");

    /** What a name stands behind that is declared or filled there. */
    private static final List<String> DECLARING =
            List.of("INTO", "TABLE", "EXISTS", "FUNCTION", "VIEW", "WITH", "RECURSIVE", "COPY");

    /** Schemas in which a function is the database's own. */
    private static final Set<String> OWN = Set.of("pg_catalog", "main", "system");

    private SqlClock() {}

    /** Where it does: what is written there, without quotes around it. */
    static List<Token> in(Tokens tokens) {
        List<Token> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (asks(tokens, i)) {
                found.add(tokens.at(i));
            }
        }
        return found;
    }

    private static boolean asks(Tokens tokens, int i) {
        return switch (tokens.at(i).kind()) {
            case WORD ->
                    (calls(tokens, i) || says(tokens, i))
                            && !isAnothers(tokens, i)
                            && !isDeclared(tokens, i);
            case STRING -> isTime(tokens, i);
            case QUOTED, NUMBER, SIGN, PARAMETER -> false;
        };
    }

    /** The name of a table or column, and not what SQL knows by that name. */
    private static boolean isDeclared(Tokens tokens, int i) {
        Token before = tokens.at(i - 1);
        Token after = tokens.at(i + 1);
        if (DECLARING.stream().anyMatch(before::is) || TYPES.contains(after.lower())) {
            return true;
        }
        int behind = after.isSign("(") ? tokens.closing(i + 1) + 1 : i + 1;
        return (tokens.at(behind).is("AS") && tokens.at(behind + 1).isSign("("))
                || isInColumnList(tokens, i);
    }

    /** Of {@code INSERT INTO orders (id, sysdate) VALUES …}. */
    private static boolean isInColumnList(Tokens tokens, int i) {
        int opened = i;
        while (opened > 0 && (tokens.at(opened).isName() || tokens.at(opened).isSign(","))) {
            opened--;
        }
        int table = opened - 1;
        while (tokens.at(table - 1).isSign(".")) {
            table -= 2;
        }
        return tokens.at(opened).isSign("(") && tokens.at(table - 1).is("INTO");
    }

    private static boolean isAnothers(Tokens tokens, int i) {
        return tokens.at(i - 1).isSign(".") && !OWN.contains(tokens.at(i - 2).lower());
    }

    private static boolean calls(Tokens tokens, int i) {
        String name = tokens.at(i).lower();
        if (!tokens.at(i + 1).isSign("(")) {
            return false;
        }
        Tokens arguments = tokens.range(i + 2, tokens.closing(i + 1));
        boolean saysNow =
                arguments.split(",").stream()
                        .anyMatch(
                                argument ->
                                        argument.size() == 1
                                                && argument.at(0).kind() == Token.Kind.STRING
                                                && argument.at(0).lower().equals("now"));
        if (name.equals(FORMAT)) {
            return saysNow;
        }
        return FUNCTIONS.contains(name)
                || (FUNCTIONS_OF_NOTHING.contains(name) && (saysNow || arguments.size() == 0));
    }

    /** A key word, and not the name of something. */
    private static boolean says(Tokens tokens, int i) {
        return WORDS.contains(tokens.at(i).lower())
                && !tokens.at(i + 1).isSign("(")
                && !tokens.at(i + 1).isSign(".")
                && !tokens.at(i - 1).is("AS");
    }

    /** A text such as {@code 'now'} that is read as a time. */
    private static boolean isTime(Tokens tokens, int i) {
        if (!TIMES_IN_WORDS.contains(tokens.at(i).lower())) {
            return false;
        }
        boolean before = TYPES.contains(tokens.at(i - 1).lower());
        boolean cast =
                (tokens.at(i + 1).isSign("::") || tokens.at(i + 1).is("AS"))
                        && TYPES.contains(tokens.at(i + 2).lower());
        boolean isType =
                tokens.at(i - 1).kind() == Token.Kind.WORD && !tokens.at(i - 2).isSign(".");
        return cast || (before && isType);
    }
}
