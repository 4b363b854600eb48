package dev.tidemark.cli.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * A named file, and of the files around it those that it mentions by name, and those that these
 * mention. So a file beside it that it does not use neither breaks it nor changes its version.
 */
final class SourceNeighbours {
    private final Path named;
    private final Path folder;
    private final String packageName;
    private final Optional<Path> root;
    private final Map<Path, SourceFile> read = new LinkedHashMap<>();
    private final Map<Path, Boolean> folders = new HashMap<>();
    private final Map<Path, Set<String>> listings = new HashMap<>();
    private final Queue<Path> unread = new ArrayDeque<>();

    private SourceNeighbours(Path named, String packageName) {
        this.named = named;
        this.folder = named.resolveSibling("").toAbsolutePath().normalize();
        this.packageName = packageName;
        this.root = rootOf(folder, packageName);
    }

    static PipelineCode.Sources read(Path named) {
        String text = SourceFile.read("", named, List.of()).text();
        Mentions mentioned = Mentions.in(text);
        return new SourceNeighbours(named, mentioned.packageName()).gather(text, mentioned);
    }

    private PipelineCode.Sources gather(String text, Mentions mentioned) {
        Path first = folder.resolve(named.getFileName());
        String main = nameOf(first);
        take(first, new SourceFile(main, named, text), mentioned);
        for (Path next = unread.poll(); next != null; next = unread.poll()) {
            if (!read.containsKey(next)) {
                Path shown = named.resolveSibling(folder.relativize(next));
                SourceFile source = SourceFile.read(nameOf(next), shown, read.values());
                take(next, source, Mentions.in(source.text()));
            }
        }
        return new PipelineCode.Sources(
                named, folder, root.orElse(folder), List.copyOf(read.values()), Optional.of(main));
    }

    private void take(Path file, SourceFile source, Mentions mentioned) {
        read.put(file, source);
        for (Path place : placesFor(file, mentioned)) {
            Set<String> sources = sourcesIn(place);
            if (!sources.isEmpty()) {
                for (String name : mentioned.names()) {
                    if (sources.contains(name + SourceFile.SUFFIX)) {
                        unread.add(place.resolve(name + SourceFile.SUFFIX));
                    }
                }
            }
        }
    }

    /** The file's own folder, and the packages below the root whose names it begins to spell. */
    private Set<Path> placesFor(Path file, Mentions mentioned) {
        Set<Path> places = new HashSet<>();
        places.add(file.resolveSibling(""));
        if (root.isPresent()) {
            for (List<String> chain : mentioned.chains()) {
                Path place = root.get();
                for (String part : chain) {
                    place = place.resolve(part);
                    if (!folders.computeIfAbsent(place, Files::isDirectory)) {
                        break;
                    }
                    places.add(place);
                }
            }
        }
        return places;
    }

    private Set<String> sourcesIn(Path place) {
        return listings.computeIfAbsent(place, SourceNeighbours::list);
    }

    private static Set<String> list(Path place) {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(SourceFile.SUFFIX) && Files.isRegularFile(file)) {
                    names.add(name);
                }
            }
        } catch (IOException _) {
            // A folder that may not be listed has no neighbours to offer; the file itself may do.
            return names;
        }
        return names;
    }

    /** The folder above the package's folders, where the file lies in such. */
    private static Optional<Path> rootOf(Path folder, String packageName) {
        if (packageName.isEmpty()) {
            return Optional.of(folder);
        }
        Path packages = Path.of(packageName.replace('.', '/'));
        if (!folder.endsWith(packages)) {
            return Optional.empty();
        }
        Path root = folder;
        for (int i = 0; i < packages.getNameCount(); i++) {
            root = root.resolve("..").normalize();
        }
        return Optional.of(root);
    }

    private String nameOf(Path file) {
        if (root.isPresent()) {
            String separator = file.getFileSystem().getSeparator();
            return root.get().relativize(file).toString().replace(separator, "/");
        }
        return packageName.replace('.', '/') + "/" + file.getFileName();
    }
}
