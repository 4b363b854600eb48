package dev.tidemark.tidy;

import com.sun.source.tree.CompilationUnitTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** Text that the compiler takes for a file. */
final class SourceObject extends SimpleJavaFileObject {
    private static final String SCHEME = "memory:///";

    private final TextFile file;

    SourceObject(TextFile file) {
        super(URI.create(SCHEME + file.path()), Kind.SOURCE);
        this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return file.text();
    }

    /** The file that a unit was parsed from; the compiler hands back a wrapper of what it got. */
    static TextFile fileOf(CompilationUnitTree unit) {
        try {
            return new TextFile(
                    unit.getSourceFile().toUri().toString().substring(SCHEME.length()),
                    unit.getSourceFile().getCharContent(true).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
