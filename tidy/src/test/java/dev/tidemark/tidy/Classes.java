package dev.tidemark.tidy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Compiled classes: those of the program, and those that are bad on purpose. */
final class Classes {
    /** The root package of the program. */
    static final String ROOT = "dev.tidemark";

    /** The root package of a small house in which every rule is broken. */
    static final String BAD_ROOT = "dev.tidemark.tidy.bad";

    /** All classes of all rooms, without those of tests. */
    static final JavaClasses PROGRAM = new ClassFileImporter().importPaths(folders());

    static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_ROOT);

    private Classes() {}

    /** Where the classes of a room lie. */
    static Path folder(Room room) {
        return Repository.at(room.module() + "/target/classes");
    }

    private static List<Path> folders() {
        return Arrays.stream(Room.values())
                .map(Classes::folder)
                .filter(Files::isDirectory)
                .toList();
    }
}
