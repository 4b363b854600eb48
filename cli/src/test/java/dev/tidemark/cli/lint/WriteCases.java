package dev.tidemark.cli.lint;

import java.util.List;

/** Pipelines that only add to what is there, or nearly do. */
final class WriteCases {
    private static final String CONNECTION =
            "Connection c = DriverManager.getConnection(\"jdbc:x\"); Statement s ="
                    + " c.createStatement();\n";

    static final List<LintCase> ALL =
            List.of(
                    LintCase.of(
                            "a file to append to",
                            """
                            Files.writeString(Path.of("x"), "y", //! append-only-write
                                    StandardOpenOption.APPEND);
                            """),
                    LintCase.of(
                            "an old writer that appends",
                            "new FileWriter(\"x\", true).close(); //! append-only-write"),
                    LintCase.of(
                            "an old stream that appends",
                            "new FileOutputStream(\"x\", true).close(); //! append-only-write"),
                    LintCase.of("a writer that does not", "new FileWriter(\"x\", false).close();"),
                    LintCase.of("a writer", "new FileWriter(\"x\").close();"),
                    LintCase.of(
                            "a file that is written anew",
                            "Files.writeString(Path.of(\"x\"), \"y\", StandardOpenOption.CREATE);"),
                    LintCase.of(
                            "a file that is deleted before",
                            """
                            Files.deleteIfExists(Path.of("x"));
                            Files.writeString(Path.of("x"), "y", StandardOpenOption.APPEND);
                            """),
                    LintCase.of(
                            "a file that must be new",
                            """
                            Files.writeString(Path.of("x"), "y", StandardOpenOption.CREATE_NEW);
                            Files.writeString(Path.of("x"), "y", StandardOpenOption.APPEND);
                            """),
                    LintCase.of("no option", "k.log(\"StandardOpenOption.APPEND\");"),
                    new LintCase(
                            "what the author has settled",
                            "p.task(\"t\", Integer.class, P::t).idempotent(\"nobody reads it\");",
                            """
                            static Integer t(TaskContext k) throws Exception {
                                new FileWriter("x", true).close();
                                return 1;
                            }
                            """),
                    found("INSERT INTO t VALUES (1)"),
                    found("insert into s.t (a, b) select a, b from u"),
                    found("WITH u AS (SELECT 1) INSERT INTO t SELECT * FROM u"),
                    found("INSERT INTO t SELECT 'ON CONFLICT DO NOTHING' -- ON CONFLICT"),
                    found("COPY t FROM 'x.csv'"),
                    found("COPY t (a, b) FROM STDIN"),
                    found("CREATE TABLE t AS SELECT 1"),
                    found("CREATE TABLE IF NOT EXISTS t AS (SELECT 1)"),
                    found("CREATE TABLE IF NOT EXISTS t (a INT); INSERT INTO t VALUES (1)"),
                    found("DELETE FROM u; INSERT INTO t VALUES (1)"),
                    fine("INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING"),
                    fine("INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1"),
                    fine("INSERT OR REPLACE INTO t VALUES (1)"),
                    fine("INSERT OR IGNORE INTO t VALUES (1)"),
                    fine("REPLACE INTO t VALUES (1)"),
                    fine(
                            "MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED THEN INSERT VALUES"
                                    + " (1)"),
                    fine("INSERT INTO t SELECT a FROM u WHERE NOT EXISTS (SELECT 1 FROM t)"),
                    fine("DELETE FROM t WHERE day = 1; INSERT INTO t VALUES (1)"),
                    fine("DELETE FROM main.\\\"T\\\"; INSERT INTO t VALUES (1)"),
                    fine("TRUNCATE TABLE t; COPY t FROM 'x.csv'"),
                    fine("DROP TABLE IF EXISTS t; CREATE TABLE t AS SELECT 1"),
                    fine("CREATE TABLE t2 AS SELECT 1; ALTER TABLE t2 RENAME TO t"),
                    fine("CREATE OR REPLACE TABLE t AS SELECT 1"),
                    fine("CREATE TEMP TABLE t AS SELECT 1; INSERT INTO t VALUES (1)"),
                    fine("COPY t TO 'x.csv'"),
                    fine("COPY (SELECT 1) TO 'x.csv'"),
                    fine("SELECT 'INSERT INTO t VALUES (1)'"),
                    fine("UPDATE t SET a = 1"),
                    fine("CREATE TABLE t (a INT)"),
                    fine("-- INSERT INTO t VALUES (1)"),
                    fine("/* INSERT INTO t VALUES (1) */ SELECT 1"),
                    LintCase.of(
                            "a statement that is prepared",
                            CONNECTION
                                    + "c.prepareStatement(\"INSERT INTO t VALUES (?)\"); //!"
                                    + " append-only-write"),
                    LintCase.of(
                            "a delete in another statement",
                            CONNECTION
                                    + """
                                    s.execute("DELETE FROM t WHERE day = 1");
                                    s.execute("INSERT INTO t VALUES (1)");
                                    """),
                    LintCase.of(
                            "a text in a variable",
                            CONNECTION
                                    + """
                                    String sql = "INSERT INTO t VALUES (1)";
                                    s.execute(sql); //! append-only-write
                                    """),
                    LintCase.of(
                            "a text in a field",
                            CONNECTION + "s.execute(SQL); //! append-only-write",
                            "static final String SQL = \"INSERT INTO %s VALUES"
                                    + " (1)\".formatted(\"t\");"),
                    LintCase.of(
                            "a text that is put together",
                            CONNECTION
                                    + """
                                    String t = k.task();
                                    s.execute("COPY " + t + " FROM 'x'"); //! append-only-write
                                    String other = String.format("INSERT INTO %s SELECT 1", t);
                                    s.execute(other); //! append-only-write
                                    """),
                    LintCase.of(
                            "a text that is built",
                            CONNECTION
                                    + """
                                    StringBuilder sql = new StringBuilder("INSERT INTO t ");
                                    sql.append("VALUES (").append(k.attempt()).append(")");
                                    s.execute(sql.toString()); //! append-only-write
                                    """),
                    LintCase.of(
                            "a clause that is not known",
                            CONNECTION + "s.execute(\"INSERT INTO t VALUES (1) \" + k.task());"),
                    LintCase.of(
                            "a table to be emptied that is not known",
                            CONNECTION
                                    + """
                                    s.execute("DELETE FROM " + k.task());
                                    s.execute("INSERT INTO t VALUES (1)");
                                    """),
                    LintCase.of(
                            "a text that goes to a helper",
                            CONNECTION
                                    + "help(s, \"INSERT INTO t VALUES (1)\"); //!"
                                    + " append-only-write",
                            "static void help(Statement s, String sql) throws Exception {"
                                    + " s.execute(sql); }"),
                    LintCase.of(
                            "one of two texts",
                            CONNECTION
                                    + """
                                    String sql = k.attempt() == 1
                                            ? "INSERT INTO t VALUES (1)" //! append-only-write
                                            : "SELECT 1";
                                    s.execute(sql);
                                    """),
                    LintCase.of(
                            "the other of two texts",
                            CONNECTION
                                    + """
                                    String sql = k.attempt() == 1
                                            ? "SELECT 1"
                                            : "INSERT INTO t VALUES (1)"; //! append-only-write
                                    s.execute(sql);
                                    """),
                    LintCase.of(
                            "texts for people",
                            CONNECTION
                                    + """
                                    k.log("INSERT INTO t VALUES (1)");
                                    if (k.attempt() > 9) {
                                        throw new IllegalStateException("INSERT INTO t VALUES (1)");
                                    }
                                    """),
                    LintCase.of(
                            "a text where there is no database",
                            "String text = \"INSERT INTO t VALUES (1)\"; help(text);",
                            "static void help(String text) {}"),
                    LintCase.of(
                            "words that are no SQL",
                            CONNECTION
                                    + "help(\"Insert into the box\"); help(\"Select a file\");"
                                    + " help(\"COPY that\"); help(\"Create a table as you like\");",
                            "static void help(String text) {}"));

    private WriteCases() {}

    private static LintCase found(String sql) {
        return LintCase.of(sql, CONNECTION + "s.execute(\"" + sql + "\"); //! append-only-write");
    }

    private static LintCase fine(String sql) {
        return LintCase.of(sql, CONNECTION + "s.execute(\"" + sql + "\");");
    }
}
