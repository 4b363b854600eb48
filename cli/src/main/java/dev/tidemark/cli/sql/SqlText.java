package dev.tidemark.cli.sql;

import dev.tidemark.cli.flow.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A text that may be SQL, one or more statements. */
public final class SqlText {
    /** Stands for a part of the text that is not known. */
    public static final char UNKNOWN_PART = Value.Text.HOLE;

    private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");

    /** What statements begin with that are no queries. */
    private static final Set<String> CHANGING =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "CREATE", "DROP", "ALTER");

    private static final Set<String> BEFORE_TABLE =
            Set.of(
                    "CREATE",
                    "DROP",
                    "ALTER",
                    "OR",
                    "REPLACE",
                    "TEMP",
                    "TEMPORARY",
                    "UNLOGGED",
                    "LOCAL",
                    "GLOBAL",
                    "EXTERNAL",
                    "MATERIALIZED",
                    "UNIQUE",
                    "RECURSIVE");

    private static final List<String> BEHIND_INSERT =
            List.of("VALUES", "SELECT", "WITH", "DEFAULT", "BY", "TABLE", "FROM", "OVERRIDING");

    /** What {@code ALTER TABLE} does after which earlier rows are not there under the name. */
    private static final List<String> CLEARING =
            List.of("RENAME", "DROP", "TRUNCATE", "DETACH", "EXCHANGE", "REPLACE");

    private final Tokens tokens;
    private final boolean whole;

    private SqlText(Scanner.Scanned scanned) {
        this.tokens = scanned.tokens();
        this.whole = scanned.whole();
    }

    /** Reads a text. */
    public static SqlText of(String text) {
        return new SqlText(Scanner.scan(text));
    }

    /**
     * A table to which rows are added, whatever is there.
     *
     * @param how how it is written, such as {@code INSERT INTO orders}
     * @param table its name, without its schema, in small letters
     */
    public record Write(Kind kind, String how, String table) {
        /** What is done. */
        public enum Kind {
            /** Rows come to those that are there. */
            ADDS,
            /** A table is made that must not be there, or is left as it is. */
            MAKES
        }
    }

    /** Whether it begins as a statement does, and goes on as one. */
    public boolean isStatement() {
        if (!whole || tokens.size() < 2 || isUnbalanced()) {
            return false;
        }
        Tokens first = statements().getFirst();
        return switch (first.at(0).text().toUpperCase(Locale.ROOT)) {
            case "SELECT" -> first.size() > 1;
            case "WITH" -> isNamedQuery(first);
            case "INSERT", "REPLACE" -> isInsert(first);
            case "UPDATE" -> first.have("SET");
            case "DELETE" -> first.at(1).is("FROM") && first.at(2).isName();
            case "MERGE" -> first.at(1).is("INTO");
            case "COPY" -> first.have("FROM") || first.have("TO");
            case "CREATE", "DROP", "ALTER" -> isOfTable(first);
            case "TRUNCATE" -> first.at(1).isName();
            default -> false;
        };
    }

    private static boolean isNamedQuery(Tokens statement) {
        return statement.have("AS") && statement.have("SELECT");
    }

    private static boolean isInsert(Tokens statement) {
        int into = wordAt(statement, "INTO");
        int behind = endOfName(statement, into + 1);
        Token next = statement.at(behind);
        return behind > into + 1
                && (next.isSign("(")
                        || next.text().indexOf(UNKNOWN_PART) >= 0
                        || BEHIND_INSERT.stream().anyMatch(next::is));
    }

    /** What is made is named, with nothing but words of SQL before. */
    private static boolean isOfTable(Tokens statement) {
        int at = 0;
        while (isOneOf(statement.at(at), BEFORE_TABLE)) {
            at++;
        }
        return isOneOf(statement.at(at), Set.of("TABLE", "VIEW", "INDEX"))
                && statement.at(at + 1).isName();
    }

    private static boolean isOneOf(Token token, Set<String> words) {
        return token.kind() == Token.Kind.WORD
                && words.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private boolean isUnbalanced() {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.at(i).isSign("(") ? 1 : tokens.at(i).isSign(")") ? -1 : 0;
        }
        return depth != 0;
    }

    /** What of it asks for the time of day, as it is written, each once. */
    public List<String> clocks() {
        return SqlClock.in(tokens).stream().map(Token::text).distinct().toList();
    }

    /** Whether its result has the columns that a table happens to have. */
    public boolean hasOpenStar() {
        return statements().stream()
                .filter(each -> !CHANGING.contains(verbOf(each)))
                .anyMatch(StarQuery::isOpen);
    }

    /** What it adds to tables without regard for what is there. */
    public List<Write> writes() {
        List<Write> writes = new ArrayList<>();
        for (Tokens each : statements()) {
            switch (verbOf(each)) {
                case "INSERT" -> insert(each, writes);
                case "COPY" -> copy(each, writes);
                case "CREATE" -> create(each, writes);
                default -> {
                    // Nothing else adds rows.
                }
            }
        }
        return writes;
    }

    private static String verbOf(Tokens statement) {
        if (statement.at(0).is("WITH")) {
            for (int i = 1; i < statement.size(); i = statement.next(i)) {
                if (statement.at(i).is("INSERT") || statement.at(i).is("SELECT")) {
                    return statement.at(i).text().toUpperCase(Locale.ROOT);
                }
            }
        }
        return statement.at(0).text().toUpperCase(Locale.ROOT);
    }

    private static void insert(Tokens statement, List<Write> writes) {
        int insert = wordAt(statement, "INSERT");
        int name = insert + (statement.are(insert + 1, "INTO", "TABLE") ? 3 : 2);
        int end = endOfName(statement, name);
        if (!statement.at(insert + 1).is("INTO")
                || end == name
                || mindsWhatIsThere(statement)
                || hasUnknownClause(statement)) {
            return;
        }
        String table = tableAt(statement, end);
        writes.add(new Write(Write.Kind.ADDS, "INSERT INTO " + spoken(table), table));
    }

    /** A conflict clause, or a condition on what is there already. */
    private static boolean mindsWhatIsThere(Tokens statement) {
        return statement.have("ON", "CONFLICT")
                || statement.have("ON", "DUPLICATE")
                || statement.have("NOT", "EXISTS")
                || statement.have("NOT", "IN")
                || statement.have("EXCEPT")
                || statement.have("ANTI")
                || (statement.have("LEFT") && statement.have("IS", "NULL"));
    }

    /** A part that is not known and stands where a clause may, behind a value or a name. */
    private static boolean hasUnknownClause(Tokens statement) {
        for (int i = 1; i < statement.size(); i = statement.next(i)) {
            Token before = statement.at(i - 1);
            boolean mayBeClause =
                    before.isSign(")")
                            || before.kind() == Token.Kind.NUMBER
                            || before.kind() == Token.Kind.STRING
                            || before.kind() == Token.Kind.PARAMETER
                            || (before.isName() && isPlainName(before));
            if (mayBeClause && statement.at(i).text().indexOf(UNKNOWN_PART) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlainName(Token token) {
        return token.kind() == Token.Kind.QUOTED
                || !Set.of(
                                "INTO",
                                "TABLE",
                                "VALUES",
                                "SELECT",
                                "FROM",
                                "JOIN",
                                "WHERE",
                                "AND",
                                "OR",
                                "ON",
                                "BY",
                                "LIMIT",
                                "AS",
                                "IN",
                                "NOT",
                                "LIKE",
                                "BETWEEN",
                                "IS",
                                "DISTINCT",
                                "OFFSET",
                                "THEN",
                                "ELSE",
                                "WHEN",
                                "CASE",
                                "ALL",
                                "HAVING",
                                "DEFAULT",
                                "COPY",
                                "WITH",
                                "UNION",
                                "INTERVAL")
                        .contains(token.text().toUpperCase(Locale.ROOT));
    }

    private static void copy(Tokens statement, List<Write> writes) {
        int end = endOfName(statement, 1);
        int behind = statement.at(end).isSign("(") ? statement.next(end) : end;
        if (end > 1 && !statement.at(1).is("FROM") && statement.at(behind).is("FROM")) {
            String table = tableAt(statement, end);
            writes.add(new Write(Write.Kind.ADDS, "COPY " + spoken(table) + " FROM", table));
        }
    }

    private static void create(Tokens statement, List<Write> writes) {
        int table = wordAt(statement, "TABLE");
        int end = endOfName(statement, nameOfCreated(statement, table));
        int behind = statement.at(end).isSign("(") ? statement.next(end) : end;
        if (isTable(statement, table) && !isFresh(statement, table) && isAs(statement, behind)) {
            String name = tableAt(statement, end);
            writes.add(new Write(Write.Kind.MAKES, "CREATE TABLE " + spoken(name) + " AS", name));
        }
    }

    private static boolean isAs(Tokens statement, int index) {
        Token next = statement.at(index + 1);
        return statement.at(index).is("AS")
                && (next.isSign("(")
                        || next.is("SELECT")
                        || next.is("WITH")
                        || next.is("VALUES")
                        || next.is("FROM")
                        || next.is("TABLE"));
    }

    /** {@code CREATE … TABLE} with nothing but its own words before the name. */
    private static boolean isTable(Tokens statement, int table) {
        return table < statement.size()
                && statement.range(0, table).split("(").size() == 1
                && table <= 4;
    }

    private static boolean isFresh(Tokens statement, int table) {
        for (int i = 1; i < table; i++) {
            String word = statement.at(i).text().toUpperCase(Locale.ROOT);
            if (TEMPORARY.contains(word) || word.equals("REPLACE")) {
                return true;
            }
        }
        return false;
    }

    private static int nameOfCreated(Tokens statement, int table) {
        return statement.are(table + 1, "IF", "NOT", "EXISTS") ? table + 4 : table + 1;
    }

    /**
     * The tables that it empties or makes anew, at least in part, so that what is added to them
     * afterwards does not come to what an earlier attempt left. Their names as in {@link
     * Write#table}.
     */
    public Set<String> renewed() {
        Set<String> renewed = new HashSet<>();
        for (Tokens each : statements()) {
            if (each.at(0).is("CREATE")) {
                renewCreated(each, renewed);
            }
            for (int i = 0; i < each.size(); i++) {
                renew(each, i, renewed);
            }
        }
        return renewed;
    }

    private static void renewCreated(Tokens statement, Set<String> renewed) {
        int table = wordAt(statement, "TABLE");
        boolean staysIfThere = statement.are(table + 1, "IF", "NOT", "EXISTS");
        int end = endOfName(statement, nameOfCreated(statement, table));
        int behind = statement.at(end).isSign("(") ? statement.next(end) : end;
        boolean isNew = !staysIfThere && !isAs(statement, behind);
        if (isTable(statement, table) && (isNew || isFresh(statement, table))) {
            renewed.add(tableAt(statement, end));
        }
    }

    private static void renew(Tokens statement, int i, Set<String> renewed) {
        int name;
        if (statement.are(i, "DELETE", "FROM")) {
            name = i + 2;
        } else if (statement.are(i, "DROP", "TABLE", "IF", "EXISTS")) {
            name = i + 4;
        } else if (statement.are(i, "TRUNCATE", "TABLE")
                || statement.are(i, "DROP", "TABLE")
                || statement.are(i, "ALTER", "TABLE")) {
            name = i + 2;
        } else if (statement.are(i, "TRUNCATE") && i == 0) {
            name = i + 1;
        } else {
            return;
        }
        name += statement.at(name).is("ONLY") ? 1 : 0;
        int end = endOfName(statement, name);
        boolean clears =
                !statement.at(i).is("ALTER") || CLEARING.stream().anyMatch(statement.at(end)::is);
        if (end > name && clears) {
            renewed.add(tableAt(statement, end));
        }
    }

    private List<Tokens> statements() {
        List<Tokens> found =
                tokens.split(";").stream().filter(statement -> statement.size() > 0).toList();
        return found.isEmpty() ? List.of(tokens) : found;
    }

    private static int wordAt(Tokens statement, String word) {
        for (int i = 0; i < statement.size(); i = statement.next(i)) {
            if (statement.at(i).is(word)) {
                return i;
            }
        }
        return statement.size();
    }

    /** Behind a name with its schema; the start where there is no name. */
    private static int endOfName(Tokens statement, int start) {
        int at = start;
        while (statement.at(at).isName()) {
            at++;
            if (!statement.at(at).isSign(".")) {
                return at;
            }
            at++;
        }
        return start;
    }

    private static String tableAt(Tokens statement, int end) {
        return statement.at(end - 1).lower();
    }

    /** A name as people read it. */
    private static String spoken(String table) {
        return table.replace(String.valueOf(UNKNOWN_PART), "…");
    }
}
