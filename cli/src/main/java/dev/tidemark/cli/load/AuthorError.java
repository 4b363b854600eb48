package dev.tidemark.cli.load;

import dev.tidemark.TidemarkException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what the author's code threw, and where in that code. */
final class AuthorError {
    /** Java 25 has class files of version 69, and so on in step. */
    private static final int CLASS_FILE_OFFSET = 44;

    private static final Pattern NEWER = Pattern.compile("^(\\S+).*class file version (\\d+)\\.");

    /** How deep causes are looked into; they may lead in a circle. */
    private static final int MAX_CAUSES = 20;

    private AuthorError() {}

    static TidemarkException of(
            String what, Throwable thrown, PipelineCode code, ClassLoader loader) {
        String message =
                switch (thrown) {
                    case UnsupportedClassVersionError e -> newer(e, code);
                    case NoClassDefFoundError e
                            when e.getCause() instanceof ClassNotFoundException ->
                            missing(what, e, code);
                    default -> place(thrown, loader) + what + " threw " + describe(thrown);
                };
        return Unloadable.because(message, thrown);
    }

    private static String describe(Throwable thrown) {
        String type = thrown.getClass().getName().replaceFirst("^java\\.lang\\.", "");
        return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
    }

    private static String missing(String what, NoClassDefFoundError e, PipelineCode code) {
        return what
                + " needs the class "
                + String.valueOf(e.getMessage()).replace('/', '.')
                + ", which is neither in "
                + code.named()
                + " nor in Tidemark";
    }

    private static String newer(UnsupportedClassVersionError e, PipelineCode code) {
        Matcher form = NEWER.matcher(String.valueOf(e.getMessage()));
        if (!form.find()) {
            return code.named() + ": " + e.getMessage();
        }
        int wanted = Integer.parseInt(form.group(2)) - CLASS_FILE_OFFSET;
        int here = Runtime.version().feature();
        return form.group(1).replace('/', '.')
                + " in "
                + code.named()
                + " was compiled for Java "
                + wanted
                + ", and this is Java "
                + here
                + "; compile it with --release "
                + here
                + ", or run Tidemark with Java "
                + wanted;
    }

    /** The first line of the author's own that the error, or one of its causes, passed. */
    private static String place(Throwable thrown, ClassLoader loader) {
        @Nullable Throwable error = thrown;
        for (int i = 0; error != null && i < MAX_CAUSES; i++) {
            for (StackTraceElement frame : error.getStackTrace()) {
                if (isAuthors(frame, loader)) {
                    return frame.getFileName() + ":" + frame.getLineNumber() + ": ";
                }
            }
            error = error.getCause();
        }
        return "";
    }

    private static boolean isAuthors(StackTraceElement frame, ClassLoader loader) {
        try {
            return loader.equals(
                    Class.forName(frame.getClassName(), false, loader).getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            return false;
        }
    }
}
