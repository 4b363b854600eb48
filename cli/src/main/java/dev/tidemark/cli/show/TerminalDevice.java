package dev.tidemark.cli.show;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says of this process's terminal. */
final class TerminalDevice {
    /** The answer takes 2 ms; after this long there is none. */
    private static final long MAX_WAIT_MILLIS = 500;

    private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");

    private TerminalDevice() {}

    /**
     * Whether a descriptor leads to a terminal. Linux shows it as a link; elsewhere the JDK's
     * console tells, which knows input and output only together.
     */
    static boolean isTerminal(Path descriptor) {
        try {
            String device = Files.readSymbolicLink(descriptor).toString();
            return device.startsWith("/dev/pts/")
                    || device.startsWith("/dev/tty")
                    || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        }
    }

    /** The width of the terminal that this process belongs to. */
    static int columns(int otherwise) {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(Redirect.DISCARD)
                            .start();
            try {
                if (!stty.waitFor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return otherwise;
                }
                return columnsIn(
                        new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII),
                        otherwise);
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException _) {
            return otherwise;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }

    static int columnsIn(String size, int otherwise) {
        Matcher form = SIZE.matcher(size);
        return form.matches() ? Integer.parseInt(form.group(1)) : otherwise;
    }
}
