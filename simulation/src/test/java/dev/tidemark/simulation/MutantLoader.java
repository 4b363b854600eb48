package dev.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Loads the program and its simulation once more, with one class as a mutant would have it. */
final class MutantLoader extends ClassLoader {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final List<String> ANEW =
            List.of(
                    "dev.tidemark.core.",
                    "dev.tidemark.store.",
                    "dev.tidemark.engine.",
                    "dev.tidemark.simulation.");

    private final Map<String, byte[]> mutated;

    private MutantLoader(Map<String, byte[]> mutated) {
        super(MutantLoader.class.getClassLoader());
        this.mutated = mutated;
    }

    static MutantLoader of(Mutant mutant) throws IOException {
        Path file = ROOT.resolve(mutant.file());
        String source = Files.readString(file);
        assertThat(source.split(java.util.regex.Pattern.quote(mutant.found()), -1))
                .as("parts of %s around: %s", mutant.file(), mutant.found())
                .hasSize(2);
        return new MutantLoader(compiled(file, source.replace(mutant.found(), mutant.replaced())));
    }

    private static Map<String, byte[]> compiled(Path file, String source) throws IOException {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileManager inMemory =
                    new ForwardingJavaFileManager<>(files) {
                        @Override
                        public JavaFileObject getJavaFileForOutput(
                                Location location,
                                String name,
                                JavaFileObject.Kind kind,
                                FileObject sibling) {
                            return new Compiled(name, classes);
                        }
                    };
            boolean done =
                    compiler.getTask(
                                    said,
                                    inMemory,
                                    null,
                                    List.of("-proc:none", "-nowarn", "-implicit:none"),
                                    null,
                                    List.of(new Source(file.toUri(), source)))
                            .call();
            assertThat(done).as("%s", said).isTrue();
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, code) -> bytes.put(name, code.toByteArray()));
        return bytes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(URI file, String text) {
            super(file, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, ByteArrayOutputStream> classes;

        private Compiled(String name, Map<String, ByteArrayOutputStream> classes) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.classes = classes;
        }

        @Override
        public OutputStream openOutputStream() {
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            classes.put(name, code);
            return code;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ANEW.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            @Nullable Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] code = mutated.get(name);
        if (code == null) {
            code = original(name);
        }
        return defineClass(name, code, 0, code.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        String resource = name.replace('.', '/') + ".class";
        try (@Nullable InputStream code = getParent().getResourceAsStream(resource)) {
            if (code == null) {
                throw new ClassNotFoundException(name);
            }
            return code.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
