package dev.tidemark.cli.lint;

/**
 * A pipeline, and what is found in it.
 *
 * @param declaration declares tasks of {@code p}
 * @param members with marks on the lines where something is to be found
 */
record LintCase(String name, String declaration, String members) {
    /** A task {@code t} with these statements, which may mention {@code k}. */
    static LintCase of(String name, String statements) {
        return of(name, statements, "");
    }

    /** The same, with more members. */
    static LintCase of(String name, String statements, String members) {
        return new LintCase(
                name,
                "p.task(\"t\", Integer.class, P::t);",
                """
                static Integer t(TaskContext k) throws Exception {
                    %s
                    return 1;
                }
                %s
                """
                        .formatted(statements, members));
    }

    @Override
    public String toString() {
        return name;
    }
}
