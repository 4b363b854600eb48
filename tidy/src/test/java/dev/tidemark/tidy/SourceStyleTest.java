package dev.tidemark.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sources look like, and that each rule finds what does not. */
class SourceStyleTest {
    private static final List<TextFile> TEXTS = Repository.texts();

    private static final List<JavaSource> SOURCES =
            JavaSource.parse(TEXTS.stream().filter(TextFile::isJava).toList());

    /** Code that shows what rules find. */
    private static final String BAD = "tidy/src/test/java/dev/tidemark/tidy/bad/";

    /** What others are about to do, a test can only look for, again and again. */
    private static final Set<String> POLLING =
            Set.of(
                    "cli/src/test/java/dev/tidemark/cli/Polling.java",
                    "engine/src/test/java/dev/tidemark/engine/Eventually.java");

    /** A file reads in one sitting. Nothing larger may be added; what is here may only shrink. */
    private static final Ratchet FILE_LINES = new Ratchet(400, "lines", Map.of());

    /** What has more parts has parts of its own: nest a record. */
    private static final Ratchet COMPONENTS = new Ratchet(5, "components", Map.of());

    @Test
    void allSourcesAreLookedAt() {
        assertThat(SOURCES).hasSizeGreaterThan(100);
        assertThat(TEXTS).hasSizeGreaterThan(SOURCES.size());
    }

    /** Each room has sources that are looked at, and examples are too. */
    @Test
    void everyRoomHasSources() {
        Set<String> folders =
                SOURCES.stream()
                        .map(source -> source.file().path().split("/", 2)[0])
                        .collect(Collectors.toSet());
        assertThat(folders).containsAll(Arrays.stream(Room.values()).map(Room::module).toList());
        assertThat(folders).contains("tidy", "examples");
    }

    @Test
    void linesFitOnAPage() {
        assertThat(ofTexts(TextFile::isJava, TextRules::longLines)).isEmpty();
    }

    @Test
    void aLongLineIsFound() {
        String message = "String message = \"" + "word ".repeat(20) + "\";";
        assertThat(TextRules.longLines(sample(message)))
                .containsExactly("Bad.java:1 is longer than 100 columns");
        assertThat(TextRules.longLines(sample("// " + "é".repeat(97)))).isEmpty();
        assertThat(TextRules.longLines(sample("// " + "é".repeat(98)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " * https://example.org/",
                "import static some.where.",
                "\"https://example.org/"
            })
    void aLineThatNobodyCanBreakIsFine(String start) {
        assertThat(TextRules.longLines(sample(start + "x".repeat(120)))).isEmpty();
    }

    @Test
    void filesReadInOneSitting() {
        Map<String, Integer> lines =
                TEXTS.stream()
                        .filter(TextFile::isJava)
                        .collect(Collectors.toMap(TextFile::path, file -> file.lines().size()));
        assertThat(FILE_LINES.complaints(lines)).isEmpty();
    }

    @Test
    void whatGrowsPastALimitIsFound() {
        Ratchet ratchet = new Ratchet(400, "lines", Map.of("Old.java", 450));
        assertThat(ratchet.complaints(Map.of("New.java", 401, "Fine.java", 400, "Old.java", 450)))
                .containsExactly("New.java has 401 lines; the most is 400");
        assertThat(ratchet.complaints(Map.of("Old.java", 451)))
                .containsExactly("Old.java has 451 lines; the most is 450");
    }

    @Test
    void anExceptionOnlyShrinks() {
        Ratchet ratchet = new Ratchet(400, "lines", Map.of("Old.java", 450));
        assertThat(ratchet.complaints(Map.of("Old.java", 449)))
                .containsExactly("Old.java shrank to 449 lines; write that on the list");
        assertThat(ratchet.complaints(Map.of("Old.java", 400)))
                .containsExactly("Old.java is no exception; take it off the list");
        assertThat(ratchet.complaints(Map.of()))
                .containsExactly("Old.java is no exception; take it off the list");
    }

    @Test
    void methodsFitOnAScreen() {
        assertThat(ofSources(TreeRules::longMethods)).isEmpty();
    }

    @Test
    void aLongMethodIsFound() {
        assertThat(TreeRules.longMethods(parsed(methodOf(70)))).isEmpty();
        assertThat(TreeRules.longMethods(parsed(methodOf(71))))
                .containsExactly("Bad.java:2 method work has 71 lines; the most is 70");
    }

    private static String methodOf(int lines) {
        return IntStream.range(0, lines - 2)
                .mapToObj(i -> "        int i" + i + ";")
                .collect(
                        Collectors.joining(
                                "\n", "class Bad {\n    void work() {\n", "\n    }\n}\n"));
    }

    @Test
    void nothingIsLeftToBeDone() {
        assertThat(ofTexts(file -> true, TextRules::leftOvers)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TO, DO", "FIX, ME", "XX, X"})
    void aLeftOverIsFound(String start, String end) {
        assertThat(TextRules.leftOvers(sample("int i;\n// " + start + end + ": later")))
                .containsExactly("Bad.java:2 leaves something to be done");
    }

    @Test
    void importsNameWhatTheyImport() {
        assertThat(ofSources(TreeRules::wildcardImports)).isEmpty();
    }

    @Test
    void aWildcardImportIsFound() {
        String code =
                "import java.util.List;\nimport java.util.*;\nimport static java.lang.Math.*;\n";
        assertThat(TreeRules.wildcardImports(parsed(code + "class Bad {}")))
                .containsExactly(
                        "Bad.java:2 imports whatever there is",
                        "Bad.java:3 imports whatever there is");
    }

    @Test
    void noTestIsSwitchedOff() {
        assertThat(ofSources(TreeRules::disabledTests)).isEmpty();
    }

    @Test
    void aTestThatIsSwitchedOffIsFound() {
        String code = "class Bad {\n    @Disabled(\"later\")\n    void test() {}\n}\n";
        assertThat(TreeRules.disabledTests(parsed(code)))
                .containsExactly("Bad.java:2 switches a test off");
    }

    @Test
    void noTestSleeps() {
        assertThat(
                        SOURCES.stream()
                                .filter(JavaSource::isTest)
                                .filter(source -> !source.file().path().startsWith(BAD))
                                .filter(source -> !POLLING.contains(source.file().path()))
                                .flatMap(source -> TreeRules.sleeps(source).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(10)",
                "java.lang.Thread.sleep(10)",
                "TimeUnit.SECONDS.sleep(1)",
                "sleep(10)",
                "LockSupport.parkNanos(1)"
            })
    void aSleepInATestIsFound(String call) {
        String code = "class Bad {\n    void test() {\n        " + call + ";\n    }\n}\n";
        assertThat(TreeRules.sleeps(parsed(code)))
                .containsExactly("Bad.java:3 sleeps; wait for what is meant");
    }

    @Test
    void switchesOverClosedTypesNameEveryCase() {
        ClosedSwitches switches =
                ClosedSwitches.in(
                        SOURCES.stream()
                                .filter(JavaSource::isMain)
                                .map(JavaSource::file)
                                .filter(file -> !file.path().endsWith("/module-info.java"))
                                .toList());
        assertThat(switches.withDefault()).isEmpty();
        assertThat(switches.seen()).isGreaterThan(20);
    }

    @Test
    void aDefaultOverAClosedTypeIsFound() {
        String code =
                """
                package dev.tidemark.sample;
                class Bad {
                    enum Light { RED, GREEN }
                    sealed interface Shape { record Circle() implements Shape {} }
                    int of(Light light, Shape shape, String text, Object any) {
                        return switch (light) { case RED -> 1; default -> 2; }
                            + switch (shape) { case Shape.Circle _ -> 1; }
                            + switch (text) { case "a" -> 1; default -> 2; }
                            + switch (any) { case Shape.Circle _ -> 1; default -> 2; };
                    }
                    void old(Shape shape) {
                        switch (shape) {
                            case Shape.Circle _: return;
                            default: return;
                        }
                    }
                }
                """;
        ClosedSwitches switches = ClosedSwitches.in(List.of(sample(code)));
        assertThat(switches.seen()).isEqualTo(3);
        assertThat(switches.withDefault())
                .containsExactly(
                        "Bad.java:6 has a default for dev.tidemark.sample.Bad.Light",
                        "Bad.java:12 has a default for dev.tidemark.sample.Bad.Shape");
    }

    @Test
    void everyPackageSaysWhatItHoldsAndIsFreeOfNull() {
        assertThat(unmarked(SOURCES)).isEmpty();
    }

    @Test
    void anUnmarkedPackageIsFound() {
        assertThat(
                        unmarked(
                                List.of(
                                        parsed("package a.marked; class A {}"),
                                        parsed(
                                                "@NullMarked package a.marked;",
                                                "package-info.java"),
                                        parsed("package a.plain; class A {}"),
                                        parsed("package a.plain;", "package-info.java"))))
                .containsExactly("a.plain");
    }

    /** Examples are single files, as their readers would write them. */
    private static Set<String> unmarked(List<JavaSource> sources) {
        Set<String> packages = new TreeSet<>();
        sources.stream()
                .filter(source -> !source.file().path().startsWith("examples/"))
                .map(TreeRules::packageName)
                .filter(name -> !name.isEmpty())
                .forEach(packages::add);
        sources.stream()
                .filter(TreeRules::marksPackage)
                .map(TreeRules::packageName)
                .forEach(packages::remove);
        return packages;
    }

    @Test
    void allThatAuthorsSeeIsDocumented() {
        assertThat(
                        SOURCES.stream()
                                .filter(source -> source.file().path().startsWith("api/src/main/"))
                                .flatMap(source -> TreeRules.undocumentedTypes(source).stream()))
                .isEmpty();
    }

    @Test
    void aTypeWithoutJavadocIsFound() {
        assertThat(TreeRules.undocumentedTypes(parsed("/* plain */\npublic class Bad {}")))
                .containsExactly("Bad.java:2 Bad has no Javadoc");
        assertThat(TreeRules.undocumentedTypes(parsed("/** Good. */\npublic class Bad {}")))
                .isEmpty();
    }

    @Test
    void nothingTellsOfAMachine() {
        assertThat(ofTexts(file -> true, TextRules::machinePaths)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "Users", "root", "work", "mnt"})
    void aPathOfAMachineIsFound(String folder) {
        assertThat(TextRules.machinePaths(sample("path = \"/" + folder + "/someone/data\"")))
                .containsExactly("Bad.java:1 has a path of one machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$HOME/home/x", "docs/work/in", "libexec/openjdk.jdk/Contents/Home"})
    void aPathBelowSomethingIsFine(String text) {
        assertThat(TextRules.machinePaths(sample(text))).isEmpty();
    }

    @Test
    void nothingSaysWherePackagesComeFrom() {
        assertThat(ofTexts(file -> true, TextRules::registries)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "repo.ma, ven.apache.org",
        "registry., npmjs.org",
        "art, ifactory.example.org",
        "py, pi.org"
    })
    void aRegistryIsFound(String start, String end) {
        assertThat(TextRules.registries(sample("<url>https://" + start + end + "</url>")))
                .containsExactly("Bad.java:1 names a registry's host");
    }

    @Test
    void recordsHaveFewComponents() {
        Map<String, Integer> components = new HashMap<>();
        SOURCES.stream()
                .filter(source -> source.file().path().contains("/src/main/"))
                .forEach(source -> components.putAll(TreeRules.components(source)));
        assertThat(COMPONENTS.complaints(components)).isEmpty();
        assertThat(components).hasSizeGreaterThan(50);
    }

    @Test
    void aRecordWithManyComponentsIsFound() {
        String code =
                """
                class Outer {
                    record Wide(int a, int b, int c, int d, int e, int f) {
                        static final int G = 1;
                    }
                }
                """;
        assertThat(COMPONENTS.complaints(TreeRules.components(parsed(code))))
                .containsExactly("Bad.java Outer.Wide has 6 components; the most is 5");
    }

    private static List<String> ofTexts(
            java.util.function.Predicate<TextFile> which, Function<TextFile, List<String>> rule) {
        return TEXTS.stream().filter(which).flatMap(file -> rule.apply(file).stream()).toList();
    }

    private static List<String> ofSources(Function<JavaSource, List<String>> rule) {
        return SOURCES.stream().flatMap(source -> rule.apply(source).stream()).toList();
    }

    private static TextFile sample(String text) {
        return new TextFile("Bad.java", text);
    }

    private static JavaSource parsed(String code) {
        return parsed(code, "Bad.java");
    }

    private static JavaSource parsed(String code, String path) {
        return JavaSource.sample(path, code);
    }
}
