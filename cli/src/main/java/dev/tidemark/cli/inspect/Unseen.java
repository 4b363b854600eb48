package dev.tidemark.cli.inspect;

/** Code that cannot be looked at; the message is the reason to be told. */
final class Unseen extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unseen(String reason) {
        super(reason, null, false, false);
    }

    static Unseen damaged(String type) {
        return new Unseen("its class " + type.replace('/', '.') + " cannot be read");
    }

    static Unseen tooMuch() {
        return new Unseen("has too much code to look through");
    }

    static Unseen rootless() {
        return new Unseen("its code cannot be found");
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
