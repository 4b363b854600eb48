package dev.tidemark.cli.load;

import dev.tidemark.PipelineSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds the classes of a jar that implement {@link PipelineSource}, by reading class files: nothing
 * is loaded, so a class whose libraries are missing stands in nobody's way.
 */
final class CandidateScan {
    /** A class file above this is left out; the compiler writes none. */
    private static final int MAX_CLASS_BYTES = 16 << 20;

    private static final String SUFFIX = ".class";

    private final Map<String, ClassHeader> headers = new TreeMap<>();

    private CandidateScan() {}

    /**
     * Reads all classes of a jar.
     *
     * @param sources the source of each class, where known
     */
    static List<Candidate> of(Path jar, Map<String, String> sources) throws IOException {
        CandidateScan scan = new CandidateScan();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (isClass(entry.getName())) {
                    scan.read(file, entry);
                }
            }
        }
        List<Candidate> found = new ArrayList<>();
        scan.headers.forEach(
                (name, header) -> {
                    if (header.concrete() && scan.implementsSource(name, new HashSet<>())) {
                        String source = sources.getOrDefault(name, "");
                        found.add(new Candidate(name, source, header.standing()));
                    }
                });
        return found;
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(SUFFIX)
                && !entry.startsWith("META-INF/")
                && !entry.endsWith("-info" + SUFFIX);
    }

    private void read(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_CLASS_BYTES + 1);
            if (bytes.length <= MAX_CLASS_BYTES) {
                ClassHeader.in(bytes).ifPresent(header -> headers.put(header.name(), header));
            }
        }
    }

    private boolean implementsSource(String name, Set<String> seen) {
        if (name.equals(PipelineSource.class.getName())) {
            return true;
        }
        // A damaged jar may hold classes that extend each other in a circle.
        if (!seen.add(name)) {
            return false;
        }
        ClassHeader header = headers.get(name);
        return header == null
                ? isSourceOnClassPath(name)
                : header.parents().stream().anyMatch(parent -> implementsSource(parent, seen));
    }

    private static boolean isSourceOnClassPath(String name) {
        try {
            Class<?> type = Class.forName(name, false, CandidateScan.class.getClassLoader());
            return PipelineSource.class.isAssignableFrom(type);
        } catch (ClassNotFoundException | LinkageError _) {
            return false;
        }
    }
}
