package dev.tidemark.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is found in declarations, and what silences a rule. */
class RulesTest {
    /** A task that asks for the time of day, and writes by itself. */
    private static final String SENDS =
            """
            static Integer t(TaskContext k) throws Exception {
                Instant.now();
                Files.writeString(k.dataPath("x"), "y");
                return 1;
            }
            """;

    private static final String LOOKS =
            "static Integer t(TaskContext k) { Instant.now(); return 1; }";

    static final List<LintCase> DECLARATIONS =
            List.of(
                    retry("", "Retry.transientErrors(2)", "//! retry-unknown-effects"),
                    retry("", "Retry.anyError(1)", "//! retry-unknown-effects"),
                    retry("", "Retry.none()", ""),
                    retry("", "Retry.transientErrors(0)", ""),
                    retry(".idempotent(\"they send it once\")", "Retry.anyError(1)", ""),
                    new LintCase(
                            "tries again what is fenced",
                            "p.task(\"t\", Integer.class, k -> 1).retry(Retry.anyError(1));",
                            ""),
                    new LintCase(
                            "tries an element again",
                            """
                            var l = p.list("l", Integer.class, k -> List.of(1));
                            p.map("t", Integer.class, l, P::t) //! retry-unknown-effects
                                    .retry(Retry.anyError(1));
                            """,
                            "static Integer t(TaskContext k, Integer n) { System.exit(n); return 1;"
                                    + " }"),
                    schedule(
                            "Schedule.daily()",
                            ".startingOn(\"2001-02-03\").endingOn(\"2001-02-03\")",
                            ""),
                    schedule(
                            "Schedule.cron(\"0 5 * * MON\")",
                            ".startingOn(\"2001-02-06\").endingOn(\"2001-02-07\")",
                            "//! no-interval"),
                    schedule(
                            "Schedule.businessDays()",
                            ".startingOn(\"2001-02-03\").endingOn(\"2001-02-04\")",
                            "//! no-interval"),
                    schedule("Schedule.onDemand()", "", ""),
                    schedule("Schedule.daily()", "", ""));

    @TempDir private Path folder;

    private static LintCase retry(String more, String retry, String mark) {
        return new LintCase(
                retry + more,
                """
                p.task("t", Integer.class, P::t)%s %s
                        .retry(%s);
                """
                        .formatted(more, mark, retry),
                SENDS.replace("Instant.now();", ""));
    }

    private static LintCase schedule(String schedule, String bounds, String mark) {
        return new LintCase(
                schedule + bounds,
                "p.schedule("
                        + schedule
                        + ")"
                        + bounds
                        + "; "
                        + mark
                        + "\np.task(\"t\", Integer.class, k -> 1);",
                "");
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("DECLARATIONS")
    void declarationsAreLookedAt(LintCase pipeline) throws IOException {
        Linted linted = Linted.of(folder, pipeline.declaration(), pipeline.members());

        assertThat(linted.found())
                .as(linted::source)
                .containsExactlyInAnyOrderElementsOf(linted.expected());
    }

    @Test
    void aRetryNamesTheCallOfWhichNobodyKnows() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        "p.task(\"t\", Integer.class, P::t).retry(Retry.anyError(1));",
                        "static Integer t(TaskContext k) { System.exit(1); return 1; }");

        assertThat(linted.findings())
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.message())
                                        .contains("it calls java.lang.System.exit (P.java:"));
    }

    @Test
    void whatTheAuthorMeansIsNotTold() throws IOException {
        assertThat(found("p.task(\"t\", Integer.class, P::t).allows(\"wall-clock\", \"it is.\");"))
                .isEmpty();
    }

    @Test
    void aRuleIsSilencedForOneTaskOnly() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        """
                        p.task("t", Integer.class, P::t).allows("wall-clock", "it is.");
                        p.task("u", Integer.class, P::t);
                        """,
                        LOOKS);

        assertThat(linted.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.task()).isEqualTo(Optional.of("u")));
    }

    @Test
    void whatIsSilencedAndNotFoundIsTold() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        """
                        p.task("t", Integer.class, P::t)
                                .allows("wall-clock", "it is.")
                                .allows("select-star", "it is."); //! unused-allowance
                        p.allows("wall-clock", "it is."); //! unused-allowance
                        """,
                        LOOKS);

        assertThat(linted.found()).containsExactlyInAnyOrderElementsOf(linted.expected());
        assertThat(linted.findings())
                .extracting(Finding::message)
                .contains("allows select-star, and there is nothing to allow. Remove it");
    }

    @Test
    void aRuleThatDoesNotExistIsTold() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        "p.task(\"t\", Integer.class, k -> 1).allows(\"wall-watch\", \"it is.\");",
                        "");

        assertThat(linted.findings())
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.message())
                                        .startsWith("allows wall-watch, and there is no such rule")
                                        .contains("wall-clock, wall-clock-in-sql"));
    }

    @Test
    void whatDeclaresThePipelineIsAllowedThere() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        """
                        p.allows("wall-clock", "it says when it was declared");
                        System.currentTimeMillis();
                        p.task("t", Integer.class, k -> 1);
                        """,
                        "");

        assertThat(linted.findings()).isEmpty();
    }

    @Test
    void aMappedTaskAllowsToo() throws IOException {
        Linted linted =
                Linted.of(
                        folder,
                        """
                        var l = p.list("l", Integer.class, k -> List.of(1));
                        p.map("t", Integer.class, l, (k, n) -> Year.now().getValue())
                                .allows("wall-clock", "it is.");
                        """,
                        "");

        assertThat(linted.findings()).isEmpty();
    }

    private List<Finding> found(String declaration) throws IOException {
        return Linted.of(folder, declaration, LOOKS).findings();
    }
}
