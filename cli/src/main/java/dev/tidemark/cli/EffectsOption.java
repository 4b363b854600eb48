package dev.tidemark.cli;

/** Whether history may run again though nobody knows what some task does a second time. */
final class EffectsOption {
    private final Given<Boolean> accept;

    EffectsOption(Syntax syntax) {
        this.accept =
                syntax.flag(
                        "--accept-unknown-effects",
                        "Runs again what ran already, though nobody knows what some task does a"
                                + " second time.");
    }

    boolean accepted() {
        return accept.value();
    }
}
