package dev.tidemark.tidy.bad.data;

final class Prints {
    private Prints() {}

    static void print(Exception error) {
        System.out.println(error.getMessage());
        System.err.println(error.getMessage());
        error.printStackTrace();
    }
}
