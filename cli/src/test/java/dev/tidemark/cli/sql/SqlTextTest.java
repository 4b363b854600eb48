package dev.tidemark.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL says, word by word. */
class SqlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT now()",
                "select NOW ( )",
                "SELECT pg_catalog.now()",
                "SELECT current_date",
                "SELECT a FROM t WHERE d > CURRENT_DATE - 1",
                "SELECT a FROM t WHERE at BETWEEN :start AND current_timestamp",
                "INSERT INTO t (a, b) VALUES (1, current_timestamp)",
                "INSERT INTO t SELECT current_date, a FROM u",
                "SELECT current_timestamp(3)",
                "SELECT localtimestamp",
                "SELECT getdate()",
                "SELECT sysdate FROM dual",
                "SELECT systimestamp FROM dual",
                "SELECT today()",
                "SELECT date('now')",
                "SELECT date('NOW', '-1 day')",
                "SELECT datetime()",
                "SELECT strftime('%Y', 'now')",
                "SELECT julianday('now') - julianday(at) FROM t",
                "SELECT unixepoch()",
                "SELECT 'now'::timestamp",
                "SELECT timestamp 'now'",
                "SELECT date 'today'",
                "SELECT CAST('yesterday' AS date)",
                "CREATE TABLE t (at TIMESTAMP DEFAULT now())",
                "SELECT $1, now()",
                "SELECT a[1], now() FROM t",
                "SELECT [now()]",
                "SELECT 'it''s', now()",
                "SELECT E'it\\'s', now()",
                "SELECT /* a /* b */ c */ now()",
                "SELECT 1 -- one\n, now()",
            })
    void theTimeOfDay(String sql) {
        assertThat(SqlText.of(sql).clocks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT now_playing FROM t",
                "SELECT now FROM t",
                "SELECT t.now FROM t",
                "SELECT 'now()'",
                "SELECT \"now\"() FROM t",
                "SELECT \"current_date\" FROM t",
                "SELECT `current_date` FROM t",
                "SELECT [current_date] FROM t",
                "SELECT t.current_date FROM t",
                "SELECT a AS current_date FROM t",
                "SELECT 1 -- now()",
                "SELECT /* now() */ 1",
                "SELECT /* /* */ now() */ 1",
                "SELECT $$now()$$",
                "SELECT $tag$ now() $$ current_date $tag$",
                "SELECT E'\\' now()'",
                "SELECT 'it''s now()'",
                "SELECT :now, @current_date, $now",
                "SELECT date('2001-02-03'), date(at), strftime('%Y', at) FROM t",
                "SELECT 'now'",
                "SELECT a FROM t WHERE word = 'today'",
                "SELECT date, time FROM t",
                "SELECT stats.now() FROM t",
                "CREATE TABLE today (a INT)",
                "CREATE TABLE t (sysdate DATE, a INT)",
                "INSERT INTO today (a) VALUES (1)",
                "INSERT INTO s.t (a, sysdate) VALUES (1, 2)",
                "WITH today (a) AS (SELECT 1) SELECT a FROM today",
                "WITH b AS (SELECT 1), today(a) AS (SELECT 1) SELECT a FROM today",
            })
    void noTimeOfDay(String sql) {
        assertThat(SqlText.of(sql).clocks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT DISTINCT * FROM t",
                "SELECT a, t.* FROM t",
                "SELECT u.* FROM t AS u JOIN (SELECT 1 AS a) v ON true",
                "SELECT * EXCLUDE (a) FROM t",
                "SELECT * EXCEPT (a) FROM t",
                "SELECT * FROM (SELECT * FROM t) u",
                "WITH u AS (SELECT * FROM t) SELECT * FROM u",
                "WITH u AS (SELECT * FROM t), v AS (SELECT * FROM u) SELECT v.* FROM v",
                "SELECT a FROM t UNION ALL SELECT * FROM u",
                "SELECT * FROM (SELECT a FROM t) u, v",
                "SELECT * FROM s.t",
                "WITH t AS (SELECT a FROM u) SELECT * FROM s.t",
                "SELECT * FROM read_csv('x.csv')",
                "FROM t",
                "SELECT * FROM t WHERE a IN (SELECT b FROM u)",
                "SELECT * FROM t LEFT JOIN u USING (a) ORDER BY a",
                "(SELECT * FROM t) LIMIT 5",
            })
    void aStarOverWhateverIsThere(String sql) {
        assertThat(SqlText.of(sql).hasOpenStar()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t",
                "SELECT count(*) FROM t",
                "SELECT a * b FROM t",
                "SELECT 2 * a, b FROM t",
                "SELECT '*' FROM t",
                "SELECT a /* * */ FROM t",
                "SELECT \"*\" FROM t",
                "SELECT * FROM (SELECT a, b FROM t) u",
                "WITH u AS (SELECT a FROM t) SELECT * FROM u",
                "WITH u AS (SELECT a FROM t), v AS (SELECT a FROM u) SELECT v.* FROM v",
                "WITH u AS (SELECT * FROM t) SELECT a FROM u",
                "WITH u (a) AS (SELECT * FROM t) SELECT * FROM u",
                "WITH RECURSIVE u AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM u) SELECT * FROM u",
                "SELECT a FROM (SELECT * FROM t) u",
                "SELECT a FROM t WHERE EXISTS (SELECT * FROM u)",
                "SELECT * FROM (VALUES (1, 2)) AS u (a, b)",
                "SELECT * FROM generate_series(1, 3)",
                "SELECT v.* FROM t JOIN (SELECT 1 AS a) v ON true",
            })
    void noSuchStar(String sql) {
        assertThat(SqlText.of(sql).hasOpenStar()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "INSERT INTO t (a) VALUES (1)",
                "INSERT INTO \"T\" SELECT 1",
                "DELETE FROM t",
                "UPDATE t SET a = 1",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
                "COPY t FROM 'x'",
                "CREATE TABLE t (a INT)",
            })
    void whatReadsAsAStatement(String sql) {
        assertThat(SqlText.of(sql).isStatement()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Select",
                "Insert into the box, please",
                "Delete it",
                "Delete from",
                "update the page",
                "Create a table",
                "Copy that",
                "with love",
                "select what you can't have",
                "SELECT (a",
                "orders INSERT INTO t VALUES (1)",
            })
    void whatDoesNot(String text) {
        assertThat(SqlText.of(text).isStatement()).isFalse();
    }
}
