package dev.tidemark.tidy;

import java.util.ArrayList;
import java.util.List;

/**
 * The rooms of the house, and what each may import: other rooms, parts of the JDK beyond {@code
 * java}, and libraries. {@code docs/architecture.md} says what happens in each.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of
enum Room {
    API("", List.of(), List.of()),
    CORE("core", List.of(API), List.of()),
    STORE("store", List.of(CORE, API), List.of(Library.JACKSON, Library.SQLITE, Library.POSTGRES)),
    ENGINE("engine", List.of(CORE, STORE, API), List.of(Library.JACKSON)),
    DATA(
            "data",
            List.of(API),
            List.of(
                    Library.JACKSON,
                    Library.SQLITE,
                    Library.DUCKDB,
                    Library.POSTGRES,
                    Library.FASTCSV,
                    Library.RE2,
                    Library.YAML)),
    TESTKIT("testkit", List.of(ENGINE, DATA, API), List.of()),
    /** Compiles pipelines, and wires everything together. */
    CLI(
            "cli",
            List.of(API, CORE, STORE, ENGINE, DATA, TESTKIT),
            List.of(
                    Library.JACKSON,
                    Library.PICOCLI,
                    Library.COMPILER,
                    Library.MANAGEMENT,
                    Library.HTTP_SERVER)),
    /** No room imports it. */
    SIMULATION("simulation", List.of(API, CORE, STORE, ENGINE), List.of()),
    /** Nor this one. */
    BENCH(
            "bench",
            List.of(API, CORE, STORE, ENGINE),
            List.of(
                    Library.JACKSON,
                    Library.SQLITE,
                    Library.DATA_SOURCE,
                    Library.HIKARI,
                    Library.DB_SCHEDULER,
                    Library.DBOS,
                    Library.MANAGEMENT,
                    Library.SYSTEM_MANAGEMENT));

    private final String name;
    private final List<Room> mayImport;
    private final List<Library> libraries;

    Room(String name, List<Room> mayImport, List<Library> libraries) {
        this.name = name;
        this.mayImport = mayImport;
        this.libraries = libraries;
    }

    /** What comes from outside, by package. */
    enum Library {
        JACKSON("tools.jackson.."),
        SQLITE("org.sqlite.."),
        POSTGRES("org.postgresql.."),
        DUCKDB("org.duckdb.."),
        FASTCSV("de.siegmar.fastcsv.."),
        RE2("com.google.re2j.."),
        YAML("org.snakeyaml.engine.."),
        PICOCLI("picocli.."),
        COMPILER("javax.tools.."),
        MANAGEMENT("java.lang.management.."),
        SYSTEM_MANAGEMENT("com.sun.management.."),
        DATA_SOURCE("javax.sql.."),
        HIKARI("com.zaxxer.hikari.."),
        DB_SCHEDULER("com.github.kagkarlsson.scheduler.."),
        DBOS("dev.dbos.."),
        HTTP_SERVER("com.sun.net.httpserver..");

        private final String packages;

        Library(String packages) {
            this.packages = packages;
        }
    }

    /** The folder of its module. */
    String module() {
        return name.isEmpty() ? "api" : name;
    }

    /** Its packages, as ArchUnit writes them, where the house stands at {@code root}. */
    String packages(String root) {
        return name.isEmpty() ? root : root + "." + name + "..";
    }

    /** All that its classes may depend on: itself, rooms, the JDK, libraries. */
    String[] allowed(String root) {
        List<String> allowed = new ArrayList<>(List.of(packages(root), "java..", "org.jspecify.."));
        mayImport.forEach(room -> allowed.add(room.packages(root)));
        libraries.forEach(library -> allowed.add(library.packages));
        return allowed.toArray(String[]::new);
    }
}
