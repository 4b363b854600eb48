package dev.tidemark.cli.lint;

import java.util.List;

/** Pipelines that ask for the time of day, or roll dice, or nearly do. */
final class ClockCases {
    static final List<LintCase> ALL =
            List.of(
                    LintCase.of("an instant", "Instant.now(); //! wall-clock"),
                    LintCase.of("a date", "LocalDate.now(); //! wall-clock"),
                    LintCase.of(
                            "a date in a zone",
                            "LocalDate.now(ZoneId.of(\"UTC\")); //! wall-clock"),
                    LintCase.of("a time with a zone", "ZonedDateTime.now(); //! wall-clock"),
                    LintCase.of("a year", "Year.now(); //! wall-clock"),
                    LintCase.of("milliseconds", "System.currentTimeMillis(); //! wall-clock"),
                    LintCase.of("an old date", "new Date(); //! wall-clock"),
                    LintCase.of("a calendar", "Calendar.getInstance(); //! wall-clock"),
                    LintCase.of("an old calendar", "new GregorianCalendar(); //! wall-clock"),
                    LintCase.of("a clock", "Clock.systemUTC(); //! wall-clock"),
                    LintCase.of("a source of instants", "InstantSource.system(); //! wall-clock"),
                    LintCase.of(
                            "a method that is named",
                            "Supplier<Instant> s = Instant::now; //! wall-clock"),
                    LintCase.of(
                            "in a lambda",
                            "List.of(1).forEach(n -> Instant.now()); //! wall-clock"),
                    LintCase.of(
                            "in what it calls",
                            "help();",
                            "static void help() { Instant.now(); } //! wall-clock"),
                    LintCase.of(
                            "in a method of an object",
                            "new Page().fetched();",
                            """
                            static class Page {
                                Instant fetched() { return Instant.now(); } //! wall-clock
                                Instant unasked() { return Instant.now(); }
                            }
                            """),
                    LintCase.of(
                            "behind an interface",
                            "Watch w = new Real(); w.time();",
                            """
                            interface Watch { Instant time(); }
                            record Real() implements Watch {
                                public Instant time() { return Instant.now(); } //! wall-clock
                            }
                            record Other() implements Watch {
                                public Instant time() { return Instant.now(); }
                            }
                            """),
                    LintCase.of(
                            "in what Java calls",
                            "new TreeSet<Key>().add(new Key());",
                            """
                            record Key() implements Comparable<Key> {
                                public int compareTo(Key k) {
                                    return (int) System.currentTimeMillis(); //! wall-clock
                                }
                                long unasked() { return System.currentTimeMillis(); }
                            }
                            """),
                    LintCase.of(
                            "in a field that is read",
                            "k.log(\"%s\", TODAY);",
                            """
                            static final LocalDate TODAY = LocalDate.now(); //! wall-clock
                            static final LocalDate UNREAD = LocalDate.now();
                            """),
                    new LintCase(
                            "in an object of the declaration's",
                            "var page = new Page(); p.task(\"t\", Integer.class, k -> page.age());",
                            """
                            static class Page {
                                int age() { return Year.now().getValue(); } //! wall-clock
                                int unasked() { return Year.now().getValue(); }
                            }
                            """),
                    new LintCase(
                            "in the declaration",
                            """
                            p.startingOn(LocalDate.now().toString()); //! wall-clock
                            p.task("t", Integer.class, k -> 1);
                            """,
                            ""),
                    LintCase.of(
                            "a given clock",
                            "Instant.now(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));"),
                    LintCase.of("time that passes", "System.nanoTime();"),
                    LintCase.of(
                            "a date of its own",
                            "new Date(0); LocalDate.of(2001, 2, 3); k.date();"),
                    LintCase.of("an old day", "new GregorianCalendar(2001, 1, 3);"),
                    LintCase.of(
                            "code that no task reaches",
                            "",
                            "static Instant unused() { return Instant.now(); }"),
                    LintCase.of(
                            "another method of a result's class",
                            "",
                            "record Result(int n) { long at() { return System.currentTimeMillis();"
                                    + " } }"),
                    new LintCase(
                            "another task's",
                            """
                            p.task("t", Integer.class, k -> 1);
                            p.task("u", Integer.class, P::u);
                            """,
                            "static Integer u(TaskContext k) { Instant.now(); return 1; } //!"
                                    + " wall-clock"),
                    LintCase.of(
                            "a method of that name", "now();", "static int now() { return 1; }"),
                    published("Math.random(); //! randomness"),
                    published("UUID.randomUUID(); //! randomness"),
                    published("new Random(); //! randomness"),
                    published("new SplittableRandom(); //! randomness"),
                    published("new java.security.SecureRandom(); //! randomness"),
                    published("java.util.concurrent.ThreadLocalRandom.current(); //! randomness"),
                    published("Collections.shuffle(new ArrayList<>()); //! randomness"),
                    published("new Random(7).nextInt();"),
                    published("new SplittableRandom(7).nextInt();"),
                    published("Collections.shuffle(new ArrayList<>(), new Random(7));"),
                    published("UUID.nameUUIDFromBytes(new byte[1]);"),
                    LintCase.of("dice of which nothing is published", "Math.random();"));

    private ClockCases() {}

    private static LintCase published(String statement) {
        return LintCase.of(
                "publishes after " + statement,
                statement + "\nk.into(FILES).publish(Rows.of(SCHEMA, List.of()));");
    }
}
