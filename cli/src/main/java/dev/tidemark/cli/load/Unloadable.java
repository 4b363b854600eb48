package dev.tidemark.cli.load;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The errors of loading, all with one code. */
final class Unloadable {
    private Unloadable() {}

    static TidemarkException because(String message) {
        return because(message, null);
    }

    static TidemarkException because(String message, @Nullable Throwable cause) {
        return new TidemarkException(ErrorCode.UNLOADABLE_PIPELINE, message, cause);
    }

    /** A file or folder of the author that cannot be read. */
    static TidemarkException unreadable(Path path, IOException e) {
        return because("cannot read " + path + ": " + reason(e), e);
    }

    /** Sources, where Java came without its compiler. */
    static TidemarkException withoutCompiler(Path sources) {
        return because(
                "cannot compile "
                        + sources
                        + ": the Java at "
                        + System.getProperty("java.home")
                        + " has no compiler. Run Tidemark with a JDK "
                        + Runtime.version().feature()
                        + ", or give it a jar");
    }

    /** What an I/O error says to people; many carry only a path, or nothing. */
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it is gone";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case ZipException _ -> "it is not a jar, or a damaged one (" + e.getMessage() + ")";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
