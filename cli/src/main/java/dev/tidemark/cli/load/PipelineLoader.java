package dev.tidemark.cli.load;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineSource;
import dev.tidemark.cli.inspect.CodeInspection;
import dev.tidemark.cli.inspect.Finding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads the pipeline that a user names.
 *
 * <ul>
 *   <li>A {@code .java} file is compiled with those files around it that it mentions by name, and
 *       with nothing else; the pipeline is the public class in it.
 *   <li>A folder is all {@code .java} files below it, hidden ones excepted, compiled together.
 *   <li>A jar is its classes, and the jars that its manifest's {@code Class-Path} names.
 * </ul>
 *
 * <p>Exactly one public class may implement {@link PipelineSource}; {@code folder#Flights} names
 * one of several. Every error is a {@link dev.tidemark.TidemarkException}, those of loading with
 * the code {@code UNLOADABLE_PIPELINE}.
 */
public final class PipelineLoader {
    private final Compiler compiler;
    private final String tidemark;
    private final InstantSource clock;

    /**
     * A loader.
     *
     * @param clock says when a version in the cache was last used
     */
    public PipelineLoader(InstantSource clock) {
        this(PipelineLoader::compile, versionOfTidemark(), clock);
    }

    PipelineLoader(Compiler compiler, String tidemark, InstantSource clock) {
        this.compiler = compiler;
        this.tidemark = tidemark;
        this.clock = clock;
    }

    /**
     * Loads a pipeline. Safe to be called by any number of threads and processes at once.
     *
     * @param named a {@code .java} file, a folder or a jar, perhaps with {@code #} and a class
     * @param cacheFolder where compiled pipelines are kept; made where it does not exist
     */
    public LoadedPipeline load(Path named, Path cacheFolder) {
        Address address = Address.of(named);
        Opened opened = open(address.path(), cacheFolder);
        return opened.make(Choice.of(address, opened.code(), opened.entry().candidates()));
    }

    /**
     * Loads all pipelines of a {@code .java} file or a jar; there may be none.
     *
     * @param cacheFolder where compiled pipelines are kept; made where it does not exist
     */
    List<LoadedPipeline> loadAll(Path file, Path cacheFolder) {
        Opened opened = open(file, cacheFolder);
        return Choice.eligible(opened.code(), opened.entry().candidates()).stream()
                .filter(Candidate::makeable)
                .map(candidate -> opened.make(candidate.className()))
                .toList();
    }

    /** Code that is compiled, or copied, and can be loaded. */
    private record Opened(
            PipelineCode code,
            String version,
            Cache cache,
            CacheEntry entry,
            PipelineClassLoader loader) {
        LoadedPipeline make(String className) {
            Pipeline pipeline = new PipelineClass(className, code, loader).pipeline();
            Map<String, Finding> findings = inspect(pipeline, className);
            return new LoadedPipeline(
                    pipeline.inspected(
                            task -> Objects.requireNonNull(findings.get(task)).effects()),
                    Version.ofPipeline(version, pipeline.definition()),
                    code.folder(),
                    new LoadedPipeline.Code(loader, className, code.sourceRoot()),
                    findings);
        }

        private Map<String, Finding> inspect(Pipeline pipeline, String className) {
            // Jars beside the jar may change while its version stays.
            if (loader.getURLs().length > 1) {
                return CodeInspection.of(pipeline, className, loader, new HashMap<>());
            }
            KeptFindings kept =
                    new KeptFindings(version, builtBy() + stampOf(CodeInspection.class));
            Path folder = entry.jar().resolveSibling("");
            Map<String, Finding> known = kept.read(folder);
            int before = known.size();
            Map<String, Finding> findings = CodeInspection.of(pipeline, className, loader, known);
            if (known.size() > before) {
                kept.write(cache, folder, known);
            }
            return findings;
        }
    }

    private Opened open(Path path, Path cacheFolder) {
        PipelineCode code = PipelineCode.at(path);
        String version = versionOf(code);
        Cache cache = new Cache(cacheFolder, builtBy(), clock);
        CacheEntry entry = cache.entry(version, jar -> make(code, version, jar));
        return new Opened(code, version, cache, entry, loader(code, entry.jar()));
    }

    /** Only this body knows the compiler, so a start that needs none loads nothing of it. */
    private static Map<String, String> compile(PipelineCode.Sources sources, Path jar)
            throws IOException {
        if (ModuleLayer.boot().findModule("java.compiler").isEmpty()) {
            throw Unloadable.withoutCompiler(sources.named());
        }
        return SourceCompiler.ofThisRuntime().compile(sources, jar);
    }

    private String versionOf(PipelineCode code) {
        return switch (code) {
            case PipelineCode.Sources sources -> Version.ofSources(sources.files(), tidemark);
            case PipelineCode.Jar jar -> {
                try {
                    yield Version.ofJar(jar.named(), tidemark);
                } catch (IOException e) {
                    throw Unloadable.unreadable(jar.named(), e);
                }
            }
        };
    }

    private List<Candidate> make(PipelineCode code, String version, Path made) throws IOException {
        return switch (code) {
            case PipelineCode.Sources sources ->
                    CandidateScan.of(made, compiler.compile(sources, made));
            case PipelineCode.Jar jar -> {
                Files.copy(jar.named(), made);
                if (!Version.ofJar(made, tidemark).equals(version)) {
                    throw Unloadable.because(
                            jar.named() + " changed while it was read; try again when it is built");
                }
                yield candidatesIn(jar, made);
            }
        };
    }

    private static List<Candidate> candidatesIn(PipelineCode.Jar jar, Path copy) {
        try {
            Optional<String> main = JarManifest.of(copy, jar.folder()).pipeline();
            List<Candidate> found = CandidateScan.of(copy, Map.of());
            return main.map(name -> Candidate.withMain(name, found)).orElse(found);
        } catch (IOException e) {
            throw Unloadable.unreadable(jar.named(), e);
        }
    }

    private static PipelineClassLoader loader(PipelineCode code, Path jar) {
        ClassLoader parent = PipelineLoader.class.getClassLoader();
        try {
            List<URL> jars = new ArrayList<>(List.of(jar.toUri().toURL()));
            Optional<Path> resources =
                    switch (code) {
                        case PipelineCode.Sources sources -> Optional.of(sources.root());
                        case PipelineCode.Jar _ -> {
                            jars.addAll(JarManifest.of(jar, code.folder()).classPath());
                            yield Optional.empty();
                        }
                    };
            return new PipelineClassLoader(jars, resources, parent);
        } catch (IOException e) {
            throw Unloadable.unreadable(code.named(), e);
        }
    }

    private static String versionOfTidemark() {
        return Objects.requireNonNullElse(
                PipelineLoader.class.getPackage().getImplementationVersion(), "development");
    }

    /**
     * What classes in the cache must have been built by to be used: this Java, and this very file
     * of the authoring surface, since a development build changes under one version.
     */
    private static String builtBy() {
        return "java " + Runtime.version().feature() + stampOf(PipelineSource.class);
    }

    /** Size and date of the file that a class of Tidemark's is in. */
    private static String stampOf(Class<?> type) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        if (code == null) {
            return "";
        }
        try {
            Path file = Path.of(code.getLocation().toURI());
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return ", " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException | URISyntaxException | IllegalArgumentException _) {
            return "";
        }
    }
}
