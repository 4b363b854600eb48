package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The databases that {@code tidemark.yaml} names: the file beside the pipeline's, or else the one
 * in the nearest folder above.
 *
 * @param folder of the file
 * @param environment values by name, for passwords
 */
record Connections(YamlMapping file, Path folder, Function<String, @Nullable String> environment) {
    static final String FILE = "tidemark.yaml";
    private static final String TOP = "connections";
    private static final int MAX_FOLDERS = 64;

    /** How the attempt reaches the database of this name. */
    static Reach reach(Boundary boundary, String name) {
        return nearest(boundary, name, System::getenv).reachOf(boundary, name);
    }

    static Connections nearest(
            Boundary boundary, String name, Function<String, @Nullable String> environment) {
        Path beside = boundary.sourcePath(".").toAbsolutePath().normalize();
        @Nullable Path folder = beside;
        for (int i = 0; i < MAX_FOLDERS && folder != null; i++, folder = folder.getParent()) {
            Path file = folder.resolve(FILE);
            if (Files.isRegularFile(file) && (i == 0 || !isOpenToAll(folder))) {
                String shown = String.valueOf(beside.relativize(file));
                return new Connections(
                        YamlMapping.parse(shown, text(file, shown)), folder, environment);
            }
        }
        throw new TidemarkException(
                ErrorCode.INVALID_DEFINITION,
                ("there is no %s beside the pipeline's file, nor in a folder above, so nobody"
                                + " says where the connection '%s' leads. Write one")
                        .formatted(FILE, name));
    }

    /** Where everybody may write, somebody else could say where our rows and passwords go. */
    private static boolean isOpenToAll(Path folder) {
        try {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            return view != null
                    && view.readAttributes()
                            .permissions()
                            .contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException _) {
            return true;
        }
    }

    private static String text(Path file, String shown) {
        try {
            if (Files.size(file) > YamlMapping.MAX_CHARACTERS) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "%s has more than %,d bytes. It only names connections"
                                .formatted(shown, YamlMapping.MAX_CHARACTERS));
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "%s cannot be read (%s). Check that it is UTF-8, and the rights on it"
                            .formatted(shown, e.getClass().getSimpleName()));
        }
    }

    Reach reachOf(Boundary boundary, String name) {
        YamlMapping all = file.allowing(TOP).has(TOP) ? file.mapping(TOP) : file;
        if (!file.has(TOP) || !all.has(name)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "%s names no connection '%s'; it names %s. Add it, or correct the name"
                            .formatted(file.file(), name, file.has(TOP) ? all.keys() : "none"));
        }
        return new ConnectionEntry(name, all.mapping(name), this).reach(boundary);
    }
}
