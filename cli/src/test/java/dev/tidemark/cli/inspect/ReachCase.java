package dev.tidemark.cli.inspect;

import java.util.List;

/**
 * A pipeline whose task {@code t} reaches {@code out()}, or does not.
 *
 * @param name says how
 */
record ReachCase(String name, String declaration, String members) {
    /** Declares a task that is a static method. */
    static final String METHOD = "p.task(\"t\", Integer.class, P::t);";

    static final List<ReachCase> REACHED =
            List.of(
                    new ReachCase(
                            "by itself", METHOD, "static int t(TaskContext k) { return out(); }"),
                    new ReachCase("in a lambda", "p.task(\"t\", Integer.class, k -> out());", ""),
                    new ReachCase(
                            "in an instance method",
                            "p.task(\"t\", Integer.class, this::t);",
                            "int t(TaskContext k) { return out(); }"),
                    new ReachCase(
                            "in a class of its own",
                            "p.task(\"t\", Integer.class, new T());",
                            """
                            record T() implements TaskFunction.Of0<Integer> {
                                public Integer run(TaskContext k) { return help(); }
                                private int help() { return out(); }
                            }
                            """),
                    new ReachCase(
                            "in an anonymous class",
                            """
                            p.task("t", Integer.class, new TaskFunction.Of0<Integer>() {
                                public Integer run(TaskContext k) { return out(); }
                            });
                            """,
                            ""),
                    new ReachCase(
                            "in the default run of an interface",
                            "p.task(\"t\", Integer.class, new T());",
                            """
                            interface Base extends TaskFunction.Of0<Integer> {
                                default Integer run(TaskContext k) { return out(); }
                            }
                            record T() implements Base {}
                            """),
                    new ReachCase(
                            "behind a constructor that is the task",
                            "p.task(\"t\", T.class, T::new);",
                            "record T(int n) { T(TaskContext k) { this(out()); } }"),
                    new ReachCase(
                            "in a mapped task",
                            """
                            var l = p.list("l", Integer.class, k -> List.of(1));
                            p.map("t", Integer.class, l, (k, n) -> out());
                            """,
                            ""),
                    new ReachCase(
                            "in a helper class",
                            METHOD,
                            """
                            static int t(TaskContext k) { return Helper.help(); }
                            static class Helper { static int help() { return out(); } }
                            """),
                    new ReachCase(
                            "in a method that is inherited",
                            METHOD,
                            """
                            static int t(TaskContext k) { return B.help(); }
                            static class A { static int help() { return out(); } }
                            static class B extends A {}
                            """),
                    new ReachCase(
                            "in a static initialiser, by a call",
                            METHOD,
                            """
                            static int t(TaskContext k) { return A.help(); }
                            static class A { static { out(); } static int help() { return 1; } }
                            """),
                    new ReachCase(
                            "in a static initialiser, by a field",
                            METHOD,
                            """
                            static int t(TaskContext k) { return A.n; }
                            static class A { static int n = out(); }
                            """),
                    new ReachCase(
                            "in the static initialiser of a superclass",
                            METHOD,
                            """
                            static int t(TaskContext k) { return B.n; }
                            static class A { static { out(); } }
                            static class B extends A { static int n = 1; }
                            """),
                    new ReachCase(
                            "in the static initialiser of a class that is only named",
                            METHOD,
                            """
                            static int t(TaskContext k) { return EnumSet.allOf(E.class).size(); }
                            enum E { ONE; static { out(); } }
                            """),
                    new ReachCase(
                            "in a lambda for a stream",
                            METHOD,
                            """
                            static int t(TaskContext k) {
                                List.of(1).stream().forEach(n -> out());
                                return 1;
                            }
                            """),
                    new ReachCase(
                            "in a method reference for a stream",
                            METHOD,
                            """
                            static int t(TaskContext k) {
                                return List.of(1).stream().map(A::new).toList().size();
                            }
                            static class A { A(int n) { out(); } }
                            """),
                    new ReachCase(
                            "in an object that the definition makes",
                            "var a = new A(); p.task(\"t\", Integer.class, k -> k.attempt() +"
                                    + " a.n());",
                            "static class A { int n() { return out(); } }"),
                    new ReachCase(
                            "in an object that is captured as an interface",
                            """
                            Supplier<Integer> a = new A();
                            p.task("t", Integer.class, k -> a.get());
                            """,
                            """
                            static class A implements Supplier<Integer> {
                                public Integer get() { return out(); }
                            }
                            """),
                    new ReachCase(
                            "in a lambda held in a field",
                            "p.task(\"t\", Integer.class, k -> f.apply(1));",
                            "private final Function<Integer, Integer> f = n -> out();"),
                    new ReachCase(
                            "in a lambda held in a static field",
                            "p.task(\"t\", Integer.class, k -> F.apply(1));",
                            "private static final Function<Integer, Integer> F = n -> out();"),
                    new ReachCase(
                            "in a lambda held in a static field of another class",
                            "p.task(\"t\", Integer.class, k -> A.F.apply(1));",
                            "static class A { static final Function<Integer, Integer> F = n ->"
                                    + " out(); }"),
                    new ReachCase(
                            "in what a record is compared by",
                            METHOD,
                            """
                            static int t(TaskContext k) {
                                return new TreeSet<>(List.of(new R())).size();
                            }
                            record R() implements Comparable<R> {
                                public int compareTo(R other) { return out(); }
                            }
                            """),
                    new ReachCase(
                            "in what is inherited and called back",
                            METHOD,
                            """
                            static int t(TaskContext k) { return ("" + new B()).length(); }
                            static class A { public String toString() { return "" + out(); } }
                            static class B extends A {}
                            """),
                    new ReachCase(
                            "in a default method",
                            METHOD,
                            """
                            static int t(TaskContext k) { Runnable r = new R(); r.run(); return 1; }
                            interface I extends Runnable { default void run() { out(); } }
                            record R() implements I {}
                            """),
                    new ReachCase(
                            "in a result that comes back from JSON",
                            """
                            var l = p.list("l", Integer.class, k -> List.of(1));
                            var r = p.map("r", R.class, l, (k, n) -> null);
                            p.task("t", Integer.class, r.all(), (k, n) -> ("" + n).length());
                            """,
                            "record R() { public String toString() { return \"\" + out(); } }"),
                    new ReachCase(
                            "in what a result from JSON holds",
                            """
                            var r = p.task("r", R.class, k -> null);
                            p.task("t", Integer.class, r, (k, n) -> ("" + n).length());
                            """,
                            """
                            record R(List<S> s) {}
                            record S() { S { out(); } }
                            """),
                    new ReachCase(
                            "in a type of the task's method",
                            "p.task(\"t\", R.class, k -> R.of());",
                            """
                            record R() {
                                static R of() { return null; }
                                R { out(); }
                            }
                            """),
                    new ReachCase(
                            "in a generic type of the task's method",
                            METHOD.replace("Integer", "List"),
                            """
                            static List<R> t(TaskContext k) { return null; }
                            record R() { R { out(); } }
                            """),
                    new ReachCase(
                            "in a task that another one runs",
                            "p.task(\"t\", Integer.class, twice(k -> out()));",
                            """
                            static TaskFunction.Of0<Integer> twice(TaskFunction.Of0<Integer> f) {
                                return k -> f.run(k) + f.run(k);
                            }
                            """),
                    new ReachCase(
                            "in a task that a class of its own runs",
                            "p.task(\"t\", Integer.class, new Twice(new T()));",
                            """
                            record Twice(TaskFunction.Of0<Integer> f)
                                    implements TaskFunction.Of0<Integer> {
                                public Integer run(TaskContext k) throws Exception {
                                    return f.run(k) + f.run(k);
                                }
                            }
                            record T() implements TaskFunction.Of0<Integer> {
                                public Integer run(TaskContext k) { return out(); }
                            }
                            """),
                    new ReachCase(
                            "in a task that is referred to",
                            "TaskFunction.Of0<Integer> f = k -> out();"
                                    + " p.task(\"t\", Integer.class, f::run);",
                            ""),
                    new ReachCase(
                            "in what else a class with tasks does",
                            "Object a = new A(); p.task(\"t\", Integer.class, k -> (\"\" +"
                                    + " a).length());",
                            """
                            record A() implements TaskFunction.Of0<Integer> {
                                public Integer run(TaskContext k) { return 1; }
                                public String toString() { return "" + out(); }
                            }
                            """),
                    new ReachCase(
                            "in a callback of a class with tasks",
                            "Runnable a = new A(); p.task(\"t\", Integer.class, k -> run(a));",
                            """
                            static int run(Runnable r) { r.run(); return 1; }
                            record A() implements TaskFunction.Of0<Integer>, Runnable {
                                public Integer run(TaskContext k) { return 1; }
                                public void run() { out(); }
                            }
                            """),
                    new ReachCase(
                            "in what a constructor of the pipeline does",
                            METHOD,
                            "public P() { out(); } static int t(TaskContext k) { return 1; }"));

    static final List<ReachCase> UNREACHED =
            List.of(
                    new ReachCase(
                            "in another task",
                            "p.task(\"t\", Integer.class, k -> 1);"
                                    + " p.task(\"u\", Integer.class, k -> out());",
                            ""),
                    new ReachCase(
                            "in another task that is an instance method",
                            "p.task(\"t\", Integer.class, this::t);"
                                    + " p.task(\"u\", Integer.class, this::u);",
                            "int t(TaskContext k) { return 1; } int u(TaskContext k) { return"
                                    + " out(); }"),
                    new ReachCase(
                            "in another task that is a class of its own",
                            "p.task(\"t\", Integer.class, k -> 1);"
                                    + " p.task(\"u\", Integer.class, new U());",
                            """
                            record U() implements TaskFunction.Of0<Integer> {
                                public Integer run(TaskContext k) { return out(); }
                            }
                            """),
                    new ReachCase(
                            "in a method that nobody calls",
                            METHOD,
                            "static int t(TaskContext k) { return 1; } static int u() { return"
                                    + " out(); }"),
                    new ReachCase(
                            "in a class that nobody makes",
                            METHOD,
                            """
                            static int t(TaskContext k) { return 1; }
                            static class A { static { out(); } }
                            """));

    @Override
    public String toString() {
        return name;
    }
}
