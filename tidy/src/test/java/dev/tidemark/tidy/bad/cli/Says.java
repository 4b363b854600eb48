package dev.tidemark.tidy.bad.cli;

/** Here printing is fine. */
final class Says {
    private Says() {}

    static void say(String text) {
        System.out.println(text);
    }
}
