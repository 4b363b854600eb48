package dev.tidemark.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of a PostgreSQL server: those of the machine, else those on the class path. */
final class PostgresBinaries {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresBinaries() {}

    /** The folder with {@code initdb} and its like. */
    static Optional<Path> find(Path toUnpackInto) throws IOException {
        return find(toUnpackInto, installed());
    }

    /** The same, looking for an installed server in these folders alone. */
    static Optional<Path> find(Path toUnpackInto, List<Path> installed) throws IOException {
        for (Path folder : installed) {
            Path initdb = folder.resolve("initdb");
            if (Files.isExecutable(initdb)) {
                // The other programs are where a link leads.
                return Optional.of(initdb.toRealPath().resolveSibling(""));
            }
        }
        return unpacked(toUnpackInto);
    }

    /** On the path, then those of the system's packages, newest first. */
    private static List<Path> installed() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.comparingInt(PostgresBinaries::version).reversed())
                        .forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        return folders;
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static Optional<Path> unpacked(Path folder) throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        Path archive = folder.resolve("postgres.txz");
        try (InputStream packed =
                PostgresBinaries.class.getResourceAsStream(
                        "/postgres-linux-" + processor + ".txz")) {
            if (packed == null) {
                return Optional.empty();
            }
            Files.copy(packed, archive);
        }
        Path into = Files.createDirectory(folder.resolve("postgres"));
        Commands.run("tar", "-xJf", archive.toString(), "-C", into.toString());
        return Optional.of(into.resolve("bin"));
    }
}
