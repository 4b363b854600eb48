package dev.tidemark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Holidays as a text file: UTF-8, one ISO date a line. What follows a {@code #} is a comment; lines
 * without a date are left out.
 */
final class HolidayFile {
    private HolidayFile() {}

    /**
     * The dates in a file beside a class.
     *
     * @param name the file's name, relative to the class as for {@link Class#getResourceAsStream}
     */
    static SortedSet<LocalDate> read(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw refused(
                        "there is no file "
                                + name
                                + " of holidays beside "
                                + beside.getSimpleName()
                                + "; put it into the same folder");
            }
            return dates(name, file);
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "the holidays in " + name + " cannot be read: " + e + "; is it a UTF-8 file?",
                    e);
        }
    }

    private static SortedSet<LocalDate> dates(String name, InputStream file) throws IOException {
        SortedSet<LocalDate> dates = new TreeSet<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.split("#", 2)[0].strip();
            if (!text.isEmpty()) {
                dates.add(date(name + ":" + number, text));
            }
        }
        return dates;
    }

    private static LocalDate date(String place, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    place
                            + ": '"
                            + text
                            + "' is not a date; write one a line, as 2026-12-25, and notes after"
                            + " a #",
                    e);
        }
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_DEFINITION, message);
    }
}
