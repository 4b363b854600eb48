package dev.tidemark.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Effects;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineLoader;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which code is a task's. */
class ReachTest {
    /** Returns a number, and does something outside: so it can stand wherever a value is wanted. */
    private static final String OUT =
            "static int out() { System.setProperty(\"tidemark.test\", \"x\"); "
                    + Inspected.HERE
                    + " return 1; }";

    private static final String METHOD = ReachCase.METHOD;

    @TempDir Path temp;

    @ParameterizedTest
    @FieldSource("dev.tidemark.cli.inspect.ReachCase#REACHED")
    void whatATaskCanReachIsLookedAt(ReachCase reached) throws Exception {
        Inspected inspected =
                Inspected.of(temp, reached.declaration(), reached.members() + "\n" + OUT);

        assertThat(inspected.effects("t"))
                .isEqualTo(
                        new Effects(
                                Effects.Kind.UNKNOWN,
                                inspected.here("calls java.lang.System.setProperty")));
    }

    @ParameterizedTest
    @FieldSource("dev.tidemark.cli.inspect.ReachCase#UNREACHED")
    void whatATaskCannotReachIsNoneOfIts(ReachCase unreached) throws Exception {
        Inspected inspected =
                Inspected.of(temp, unreached.declaration(), unreached.members() + "\n" + OUT);

        assertThat(inspected.effects("t").kind()).isEqualTo(Effects.Kind.FENCED);
    }

    @Test
    void nativeCodeIsNotSeen() throws Exception {
        Inspected inspected =
                Inspected.of(
                        temp,
                        METHOD,
                        "static int t(TaskContext k) { return n(); } static native int n();");

        assertThat(inspected.effects("t"))
                .isEqualTo(new Effects(Effects.Kind.UNKNOWN, "has native code, P.n"));
    }

    @Test
    void whatAClassInheritsFromJavaIsJavas() throws Exception {
        Inspected inspected =
                Inspected.of(
                        temp,
                        METHOD,
                        """
                        static int t(TaskContext k) throws Exception {
                            A a = null;
                            a.loadClass("x"); %s
                            return 1;
                        }
                        static class A extends ClassLoader {}
                        """
                                .formatted(Inspected.HERE));

        assertThat(inspected.effects("t").reason())
                .isEqualTo(inspected.here("calls java.lang.ClassLoader.loadClass"));
    }

    @Test
    void tooMuchCodeIsNotLookedThrough() throws Exception {
        LoadedPipeline loaded =
                Inspected.of(
                                temp,
                                METHOD,
                                "static int t(TaskContext k) { return A.n(); }"
                                        + " static class A { static int n() { return 1; } }")
                        .loaded();

        // P and A; each walk comes upon less than twenty methods, the calls of Tidemark included.
        assertThat(kindWithin(loaded, new AuthorClasses.Limits(2, 20)))
                .isEqualTo(Effects.Kind.FENCED);
        assertThat(kindWithin(loaded, new AuthorClasses.Limits(1, 20)))
                .isEqualTo(Effects.Kind.UNKNOWN);
        assertThat(kindWithin(loaded, new AuthorClasses.Limits(2, 3)))
                .isEqualTo(Effects.Kind.UNKNOWN);
    }

    private static Effects.Kind kindWithin(LoadedPipeline loaded, AuthorClasses.Limits limits) {
        AuthorClasses classes = new AuthorClasses((URLClassLoader) loaded.classes(), limits);
        Effects found =
                Objects.requireNonNull(
                                CodeInspection.of(loaded.pipeline(), "P", classes, new HashMap<>())
                                        .get("t"))
                        .effects();
        if (found.kind() == Effects.Kind.UNKNOWN) {
            assertThat(found.reason()).isEqualTo("has too much code to look through");
        }
        return found.kind();
    }

    @Test
    void whatTheAuthorSaysHolds() throws Exception {
        Inspected inspected =
                Inspected.of(
                        temp,
                        "p.task(\"t\", Integer.class, k -> out()).idempotent(\"it ends all\");",
                        OUT);

        assertThat(inspected.effects("t"))
                .isEqualTo(new Effects(Effects.Kind.DECLARED, "it ends all"));
        assertThat(inspected.finding("t").effects().reason())
                .isEqualTo(inspected.here("calls java.lang.System.setProperty"));
    }

    @Test
    void theExamplesAreAsTheySay() {
        LoadedPipeline flights = example("flights");
        LoadedPipeline bug = example("append-bug");

        assertThat(flights.pipeline().definition().tasks())
                .hasSize(4)
                .allMatch(task -> task.effects().kind() == Effects.Kind.FENCED);
        assertThat(Inspected.effects(bug, "total").kind()).isEqualTo(Effects.Kind.FENCED);
        assertThat(bug.findings().get("append"))
                .isEqualTo(
                        new Finding(
                                new Effects(
                                        Effects.Kind.UNKNOWN,
                                        "calls java.nio.file.Files.writeString"
                                                + " (AppendBug.java:46)"),
                                true));
    }

    private LoadedPipeline example(String name) {
        return new PipelineLoader(() -> Instant.EPOCH)
                .load(Path.of("..", "examples", name), temp.resolve("cache"));
    }
}
