package dev.tidemark.cli.load;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What a jar's manifest says.
 *
 * @param pipeline the class that {@value #PIPELINE} names
 * @param classPath the jars of {@code Class-Path}, beside the jar as the user has it
 */
record JarManifest(Optional<String> pipeline, List<URL> classPath) {
    static final String PIPELINE = "Tidemark-Pipeline";

    /**
     * Reads the manifest of a jar.
     *
     * @param folder where the jar lay before it was copied
     */
    static JarManifest of(Path jar, Path folder) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                return new JarManifest(Optional.empty(), List.of());
            }
            Attributes main = manifest.getMainAttributes();
            return new JarManifest(
                    Optional.ofNullable(main.getValue(PIPELINE)).map(String::strip),
                    resolve(main.getValue(Attributes.Name.CLASS_PATH), folder.toUri()));
        }
    }

    /** As Java does: relative URLs parted by blanks; what is no file is passed over. */
    private static List<URL> resolve(@Nullable String classPath, URI folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        StringTokenizer names = new StringTokenizer(Objects.requireNonNullElse(classPath, ""));
        while (names.hasMoreTokens()) {
            String name = names.nextToken();
            try {
                URI place = folder.resolve(name);
                if ("file".equals(place.getScheme())) {
                    jars.add(place.toURL());
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("its Class-Path has '" + name + "', which is not a URL", e);
            }
        }
        return jars;
    }
}
