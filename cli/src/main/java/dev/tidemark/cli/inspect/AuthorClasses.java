package dev.tidemark.cli.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes of the author's, which are those that the pipeline's own jars hold. */
final class AuthorClasses {
    /** A class file above this is not read; the compiler writes none. */
    private static final int MAX_CLASS_BYTES = 16 << 20;

    private final URLClassLoader loader;
    private final Limits limits;
    private final Map<String, Optional<ClassCode>> read = new HashMap<>();
    private final Map<String, Optional<Set<String>>> foreignMethods = new HashMap<>();
    private int count;

    /**
     * The classes of a loader.
     *
     * @param limits how many are read
     */
    AuthorClasses(URLClassLoader loader, Limits limits) {
        this.loader = loader;
        this.limits = limits;
    }

    /**
     * How much code is looked through.
     *
     * @param classes how many classes are read
     * @param methods how many methods one walk comes upon
     */
    record Limits(int classes, int methods) {
        static final Limits DEFAULT = new Limits(2_000, 50_000);
    }

    Limits limits() {
        return limits;
    }

    /**
     * The code of a class; nothing where it is not the author's.
     *
     * @param name with slashes
     * @throws Unseen where it is the author's and cannot be read
     */
    Optional<ClassCode> find(String name) {
        Optional<ClassCode> known = read.get(name);
        if (known != null) {
            return known;
        }
        Optional<ClassCode> found = read(name);
        read.put(name, found);
        return found;
    }

    /** Whether a class is there at all, be it the author's, Tidemark's or Java's. */
    boolean isThere(String name) {
        return loader.getResource(name + ".class") != null;
    }

    /**
     * The names of the methods that a class, not the author's, has or inherits; nothing where that
     * cannot be told.
     */
    Optional<Set<String>> methodsOf(String foreign) {
        Optional<Set<String>> known = foreignMethods.get(foreign);
        if (known == null) {
            // Damaged class files may extend each other in a circle.
            foreignMethods.put(foreign, Optional.empty());
            known = readMethodsOf(foreign);
            foreignMethods.put(foreign, known);
        }
        return known;
    }

    private Optional<Set<String>> readMethodsOf(String foreign) {
        try (InputStream in = loader.getResourceAsStream(foreign + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            ClassCode code = ClassCode.of(foreign, in.readNBytes(MAX_CLASS_BYTES));
            Set<String> names = new HashSet<>();
            code.methods().forEach(method -> names.add(method.name()));
            for (String parent : code.parents()) {
                Optional<Set<String>> above = methodsOf(parent);
                if (above.isEmpty()) {
                    return Optional.empty();
                }
                names.addAll(above.get());
            }
            return Optional.of(names);
        } catch (IOException | Unseen _) {
            return Optional.empty();
        }
    }

    private Optional<ClassCode> read(String name) {
        String file = name + ".class";
        @Nullable URL place = isPlatform(name) ? null : loader.findResource(file);
        // What Tidemark has as well comes from there, as when it is loaded.
        if (place == null || isAlsoAbove(file)) {
            return Optional.empty();
        }
        if (++count > limits.classes()) {
            throw Unseen.tooMuch();
        }
        try {
            URLConnection connection = place.openConnection();
            // Else a jar that is built anew while a server runs would be read as it was.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                byte[] bytes = in.readNBytes(MAX_CLASS_BYTES + 1);
                if (bytes.length > MAX_CLASS_BYTES) {
                    throw Unseen.damaged(name);
                }
                return Optional.of(ClassCode.of(name, bytes));
            }
        } catch (IOException _) {
            throw Unseen.damaged(name);
        }
    }

    private boolean isAlsoAbove(String file) {
        ClassLoader parent = loader.getParent();
        return parent != null && parent.getResource(file) != null;
    }

    /** No other loader than Java's own may define these. */
    private static boolean isPlatform(String name) {
        return name.startsWith("java/") || name.startsWith("[");
    }
}
