package dev.tidemark.simulation;

/**
 * A mistake that somebody could make in the program.
 *
 * @param file a source file, from the root of the repository
 * @param found text that is in the file exactly once
 * @param replaced what stands there instead
 */
record Mutant(String name, String file, String found, String replaced) {
    static Mutant core(String name, String type, String found, String replaced) {
        return of("core", name, type, found, replaced);
    }

    static Mutant engine(String name, String type, String found, String replaced) {
        return of("engine", name, type, found, replaced);
    }

    static Mutant store(String name, String type, String found, String replaced) {
        return of("store", name, type, found, replaced);
    }

    private static Mutant of(String room, String name, String type, String found, String replaced) {
        String folder = room + "/src/main/java/dev/tidemark/" + room + "/";
        return new Mutant(name, folder + type + ".java", found, replaced);
    }

    @Override
    public String toString() {
        return name;
    }
}
