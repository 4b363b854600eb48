package dev.tidemark.cli.lint;

import java.util.List;

/** Pipelines with queries that ask for the time of day, or select a star, or nearly do. */
final class QueryCases {
    private static final String CONNECTION =
            "Connection c = DriverManager.getConnection(\"jdbc:x\");\n";

    static final List<LintCase> ALL =
            List.of(
                    LintCase.of(
                            "a query",
                            "k.from(Q).close();",
                            """
                            static final QuerySource Q =
                                    DB.query("q", "SELECT now() AS a"); //! wall-clock-in-sql
                            """),
                    LintCase.of(
                            "a query in a text of several lines",
                            "k.from(Q).close();",
                            """
                            static final QuerySource Q = DB.query("q", //! wall-clock-in-sql
                                    \"\"\"
                                    SELECT a FROM t
                                    -- since yesterday
                                    WHERE at > current_date - 1
                                    \"\"\");
                            """),
                    LintCase.of(
                            "a query that another task reads",
                            "",
                            "static final QuerySource Q = DB.query(\"q\", \"SELECT now() AS a\");"),
                    LintCase.of(
                            "a query that is made in a method",
                            "k.from(q()).close();",
                            """
                            static QuerySource q() {
                                return DB.query("q", "SELECT now() AS a"); //! wall-clock-in-sql
                            }
                            """),
                    LintCase.of(
                            "a statement that is prepared",
                            CONNECTION
                                    + "c.prepareStatement(\"SELECT now()\"); //!"
                                    + " wall-clock-in-sql"),
                    LintCase.of(
                            "a statement that is carried out",
                            CONNECTION
                                    + "c.createStatement().execute(\"DELETE FROM t WHERE d <"
                                    + " sysdate\"); //! wall-clock-in-sql"),
                    LintCase.of(
                            "a text that goes to a helper",
                            CONNECTION
                                    + "help(c, \"UPDATE t SET at = now()\"); //! wall-clock-in-sql",
                            """
                            static void help(Connection c, String sql) throws Exception {
                                c.prepareStatement(sql).execute();
                            }
                            """),
                    LintCase.of(
                            "in a text of the same object",
                            CONNECTION + "new Loader().load(c);",
                            """
                            static class Loader {
                                private final String sql = "SELECT a, now() FROM t";
                                void load(Connection c) throws Exception {
                                    c.prepareStatement(sql); //! wall-clock-in-sql
                                }
                            }
                            """),
                    LintCase.of(
                            "within try",
                            """
                            String sql = "SELECT now()";
                            try (Connection c = DriverManager.getConnection("x");
                                    Statement s = c.createStatement()) {
                                for (int i = 0; i < 3; i++) {
                                    s.execute(sql); //! wall-clock-in-sql
                                }
                            }
                            """),
                    LintCase.of(
                            "a text that is no SQL",
                            CONNECTION + "k.log(\"now() %s\", \"SELECT now()\".length());"),
                    LintCase.of(
                            "what is published as it is",
                            "k.into(TABLE).replaceAll().rows(k.from(Q));",
                            """
                            static final QuerySource Q =
                                    DB.query("q", "SELECT * FROM t"); //! select-star
                            """),
                    LintCase.of(
                            "what is published but for some rows",
                            """
                            QuerySource q = DB.query("q", "SELECT t.* FROM t"); //! select-star
                            Rows rows = k.from(q).filter(r -> true).reject("x", r -> false);
                            if (k.attempt() > 1) {
                                k.log("again");
                            }
                            k.into(FILES).allowEmpty().publish(rows.rejectRepeats());
                            """),
                    LintCase.of(
                            "what is given another shape",
                            "k.into(FILES).publish(k.from(Q).map(SCHEMA, r -> r));",
                            "static final QuerySource Q = DB.query(\"q\", \"SELECT * FROM t\");"),
                    LintCase.of(
                            "what is only read",
                            "k.from(Q).close(); k.into(FILES).publish(Rows.of(SCHEMA, List.of()));",
                            "static final QuerySource Q = DB.query(\"q\", \"SELECT * FROM t\");"),
                    LintCase.of(
                            "a star over named columns",
                            "k.into(TABLE).replaceAll().rows(k.from(Q));",
                            """
                            static final QuerySource Q = DB.query("q",
                                    "WITH u AS (SELECT a FROM t) SELECT * FROM u");
                            """));

    private QueryCases() {}
}
