package dev.tidemark.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that people write here, wherever the repository lies. */
final class Repository {
    /** What tools and runs leave. */
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", ".tidemark", ".idea", ".vscode", ".settings", "node_modules");

    /** What is larger is data. */
    private static final long MAX_TEXT_BYTES = 1 << 20;

    private static final Path ROOT = root(Path.of("").toAbsolutePath());

    private Repository() {}

    /** Tests run in the folder of their module, or, from an editor, anywhere in the repository. */
    private static Path root(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("tidy/pom.xml"))
                    && Files.exists(folder.resolve("api/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is not in the repository");
    }

    /** A file or folder by its path from the root. */
    static Path at(String path) {
        return ROOT.resolve(path);
    }

    static TextFile text(String path) {
        return read(at(path)).orElseThrow(() -> new IllegalStateException(path + " is no text"));
    }

    /** Every file that is UTF-8 text, by path. */
    static List<TextFile> texts() {
        List<TextFile> texts = new ArrayList<>();
        try {
            Files.walkFileTree(
                    ROOT,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && attributes.size() < MAX_TEXT_BYTES) {
                                read(file).ifPresent(texts::add);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        texts.sort(java.util.Comparator.comparing(TextFile::path));
        return texts;
    }

    private static Optional<TextFile> read(Path file) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString();
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            return text.indexOf('\0') < 0
                    ? Optional.of(new TextFile(path, text))
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
