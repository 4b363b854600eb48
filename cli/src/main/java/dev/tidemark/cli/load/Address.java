package dev.tidemark.cli.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user named: {@code pipelines}, or {@code pipelines#Flights}.
 *
 * @param className the class after the {@code #}, with or without its package
 */
record Address(Path path, Optional<String> className) {
    static Address of(Path named) {
        String text = named.toString();
        int mark = text.lastIndexOf('#');
        // '#' may be part of a name, so what exists is taken as it is.
        if (mark <= 0 || mark == text.length() - 1 || Files.exists(named)) {
            return new Address(named, Optional.empty());
        }
        return new Address(Path.of(text.substring(0, mark)), Optional.of(text.substring(mark + 1)));
    }

    /** Whether a class is the one asked for. */
    boolean names(String fullName) {
        return className
                .filter(
                        wanted ->
                                fullName.equals(wanted)
                                        || fullName.endsWith("." + wanted)
                                        || fullName.endsWith("$" + wanted))
                .isPresent();
    }
}
