package dev.tidemark.cli.load;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline's classes, and the resources beside its sources. Each pipeline has its own, so
 * classes of the same name in two pipelines never meet; Tidemark's own come from the parent.
 */
final class PipelineClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Optional<Path> resources;

    PipelineClassLoader(List<URL> jars, Optional<Path> resources, ClassLoader parent) {
        super(jars.toArray(URL[]::new), parent);
        this.resources = resources;
    }

    @Override
    public @Nullable URL findResource(String name) {
        URL inJar = super.findResource(name);
        return inJar != null ? inJar : besideSources(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(super.findResources(name)));
        URL beside = besideSources(name);
        if (beside != null) {
            found.add(beside);
        }
        return Collections.enumeration(found);
    }

    /** Class files lying about are not resources: what runs is what was compiled here. */
    private @Nullable URL besideSources(String name) {
        if (resources.isEmpty() || name.endsWith(".class")) {
            return null;
        }
        try {
            Path file = resources.get().resolve(name).normalize();
            return file.startsWith(resources.get()) && Files.exists(file)
                    ? file.toUri().toURL()
                    : null;
        } catch (InvalidPathException | MalformedURLException _) {
            return null;
        }
    }
}
