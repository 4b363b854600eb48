package dev.tidemark.cli.load;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources in memory, by the compiler of the JDK that runs this. */
final class SourceCompiler implements Compiler {
    private final Supplier<@Nullable JavaCompiler> compilers;

    SourceCompiler(Supplier<@Nullable JavaCompiler> compilers) {
        this.compilers = compilers;
    }

    static SourceCompiler ofThisRuntime() {
        return new SourceCompiler(ToolProvider::getSystemJavaCompiler);
    }

    @Override
    public Map<String, String> compile(PipelineCode.Sources sources, Path jar) throws IOException {
        JavaCompiler compiler = compilers.get();
        if (compiler == null) {
            throw Unloadable.withoutCompiler(sources.named());
        }
        StandardJavaFileManager standard =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        try (ClassesInMemory classes = new ClassesInMemory(standard)) {
            // No source path: what is hashed is all that may be compiled.
            standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            StringWriter messages = new StringWriter();
            List<Source> units = sources.files().stream().map(Source::new).toList();
            if (!compiler.getTask(messages, classes, null, options(), null, units).call()) {
                throw Unloadable.because(messages.toString().stripTrailing());
            }
            return classes.writeTo(jar);
        }
    }

    /** No annotation processors: loading a pipeline runs no code but the pipeline's. */
    private static List<String> options() {
        return List.of(
                "-parameters",
                "-g",
                "-proc:none",
                "-Xlint:-options",
                "--release",
                String.valueOf(Runtime.version().feature()),
                "-classpath",
                System.getProperty("java.class.path"));
    }

    /** A source as the compiler sees it. */
    private static final class Source extends SimpleJavaFileObject {
        private final SourceFile file;

        Source(SourceFile file) {
            super(file.shown().toAbsolutePath().toUri(), Kind.SOURCE);
            this.file = file;
        }

        /** What messages begin with: the path as the user named it. */
        @Override
        public String getName() {
            return file.shown().toString();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }

        /** As in Java's own launcher, a file with a public class may be named as one likes. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return simpleName.endsWith("-info")
                    ? super.isNameCompatible(simpleName, kind)
                    : kind == Kind.SOURCE;
        }
    }

    /** Keeps what the compiler writes, and which source each class came from. */
    private static final class ClassesInMemory
            extends ForwardingJavaFileManager<StandardJavaFileManager> {
        /** The same sources give the same bytes. */
        private static final LocalDateTime NO_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

        private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
        private final Map<String, String> sources = new TreeMap<>();

        ClassesInMemory(StandardJavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String className,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            if (sibling instanceof Source source) {
                sources.put(className, source.file.name());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(className, bytes);
            URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.equals(b);
        }

        Map<String, String> writeTo(Path jar) throws IOException {
            try (JarOutputStream out =
                    new JarOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
                for (Map.Entry<String, ByteArrayOutputStream> each : classes.entrySet()) {
                    JarEntry entry = new JarEntry(each.getKey().replace('.', '/') + ".class");
                    entry.setTimeLocal(NO_TIME);
                    out.putNextEntry(entry);
                    each.getValue().writeTo(out);
                }
            }
            return sources;
        }
    }
}
