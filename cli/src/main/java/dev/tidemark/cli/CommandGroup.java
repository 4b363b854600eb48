package dev.tidemark.cli;

/** A word that does nothing by itself: one of its commands has to follow. */
final class CommandGroup implements Command {
    private final Syntax syntax;
    private final String otherwise;

    /**
     * @param otherwise what to say where no command follows
     */
    CommandGroup(String name, String description, String otherwise, Command... commands) {
        this.syntax = new Syntax(name, this, description);
        this.otherwise = otherwise;
        for (Command command : commands) {
            syntax.follow(command);
        }
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        throw syntax.misuse(otherwise);
    }
}
