package dev.tidemark.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.PipelineSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the guide compiles, and declares an acceptable pipeline. */
class AuthoringGuideTest {
    private static final String GUIDE = "docs/authoring.md";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java( complete)?\\n(.*?)^```$");

    private static final Pattern NAME = Pattern.compile("public final class (\\w+)");

    @TempDir private Path classes;

    /**
     * A block of Java.
     *
     * @param complete whether it says that it is a whole file
     */
    record Example(String name, boolean complete, String code) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Repository.text(GUIDE).text());
        while (blocks.find()) {
            Matcher name = NAME.matcher(blocks.group(2));
            examples.add(
                    new Example(
                            name.find() ? name.group(1) : "nameless",
                            blocks.group(1) != null,
                            blocks.group(2)));
        }
        return examples;
    }

    @Test
    void everyExampleIsAWholeFile() {
        assertThat(examples()).hasSizeGreaterThan(3).allMatch(Example::complete);
        assertThat(examples().stream().map(Example::name).distinct()).hasSameSizeAs(examples());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleDeclaresAPipeline(Example example) throws Exception {
        assertThat(compile(example)).isEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {classes.toUri().toURL()},
                        PipelineSource.class.getClassLoader())) {
            PipelineSource source =
                    (PipelineSource)
                            loader.loadClass(example.name()).getConstructor().newInstance();
            assertThat(source.pipeline().definition().tasks()).isNotEmpty();
        }
    }

    @Test
    void anExampleThatDoesNotCompileIsFound() throws IOException {
        Example wrong =
                new Example(
                        "Wrong", true, "public final class Wrong { int of() { return \"1\"; } }");
        assertThat(compile(wrong)).hasSize(1);
    }

    private List<String> compile(Example example) {
        List<Diagnostic<? extends JavaFileObject>> problems = new ArrayList<>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problems::add,
                        List.of(
                                "-proc:none",
                                "-Xlint:all,-processing,-classfile,-path,-serial",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString()),
                        null,
                        List.of(
                                new SourceObject(
                                        new TextFile(example.name() + ".java", example.code()))))
                .call();
        return problems.stream().map(Object::toString).toList();
    }
}
