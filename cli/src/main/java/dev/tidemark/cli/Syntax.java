package dev.tidemark.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * How a command is told: its name, its options and parameters, and what help says of them. Each
 * method adds one, and returns what the command line will have given for it. Options are written as
 * help writes them: {@code --limit=N}.
 *
 * <p>This is picocli without its annotations, see {@code docs/decisions/0006-options-in-code.md}.
 */
final class Syntax {
    private final CommandSpec spec;

    /**
     * @param name the word that stands for the command
     * @param command what it does
     * @param description paragraphs of its help
     */
    Syntax(String name, Command command, String... description) {
        Callable<Integer> action = () -> command.run().number();
        spec = CommandSpec.wrapWithoutInspection(action).name(name);
        spec.versionProvider(new ProgramVersion());
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    /** An option that is there or not. */
    Given<Boolean> flag(String name, String description) {
        OptionSpec flag =
                added(OptionSpec.builder(name).type(boolean.class).description(description));
        return () -> Boolean.TRUE.equals(flag.getValue());
    }

    /** An option that may be left out. */
    <T> Given<Optional<T>> option(String usage, Class<T> type, String description) {
        return optional(option(usage).type(type).description(description));
    }

    /** An option that may be left out, and that help does not show. */
    <T> Given<Optional<T>> hidden(String usage, Class<T> type) {
        return optional(option(usage).type(type).hidden(true));
    }

    /** An option that has a value where it is left out. Help says which. */
    <T> Given<T> option(String usage, Class<T> type, T otherwise, String description) {
        OptionSpec option =
                added(
                        option(usage)
                                .type(type)
                                .defaultValue(otherwise.toString())
                                .description(description + " Default: ${DEFAULT-VALUE}"));
        return option::getValue;
    }

    /** An option that must be there. */
    <T> Given<T> required(String usage, Class<T> type, String description) {
        OptionSpec option = added(option(usage).type(type).required(true).description(description));
        return option::getValue;
    }

    /** An option that may be there any number of times. */
    Given<Set<String>> anyNumber(String usage, String description) {
        OptionSpec option =
                added(
                        option(usage)
                                .type(Set.class)
                                .auxiliaryTypes(String.class)
                                .description(description));
        return () -> Optional.<Set<String>>ofNullable(option.getValue()).orElse(Set.of());
    }

    /** An option whose values are {@code name=value}, and that may be there any number of times. */
    Given<Map<String, String>> anyNumberOfPairs(String usage, String description) {
        OptionSpec option =
                added(
                        option(usage)
                                .type(Map.class)
                                .auxiliaryTypes(String.class, String.class)
                                .description(description));
        return () -> Optional.<Map<String, String>>ofNullable(option.getValue()).orElse(Map.of());
    }

    /** A parameter that must be there, after those that were added before. */
    <T> Given<T> parameter(String label, Class<T> type, String description) {
        PositionalParamSpec parameter =
                PositionalParamSpec.builder()
                        .index(Integer.toString(spec.positionalParameters().size()))
                        .required(true)
                        .paramLabel(label)
                        .type(type)
                        .description(description)
                        .build();
        spec.addPositional(parameter);
        return parameter::getValue;
    }

    /** A parameter that may be left out, after those that were added before. */
    <T> Given<Optional<T>> optionalParameter(String label, Class<T> type, String description) {
        PositionalParamSpec parameter =
                PositionalParamSpec.builder()
                        .index(Integer.toString(spec.positionalParameters().size()))
                        .arity("0..1")
                        .paramLabel(label)
                        .type(type)
                        .description(description)
                        .build();
        spec.addPositional(parameter);
        return () -> Optional.ofNullable(parameter.<T>getValue());
    }

    /** Any number of parameters, after those that were added before. */
    Given<List<String>> parameters(String label, String description) {
        PositionalParamSpec parameter =
                PositionalParamSpec.builder()
                        .index(spec.positionalParameters().size() + "..*")
                        .arity("0..*")
                        .paramLabel(label)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(description)
                        .build();
        spec.addPositional(parameter);
        return () -> Optional.<List<String>>ofNullable(parameter.getValue()).orElse(List.of());
    }

    /** Has the name of this command be followed by that of another one. */
    void follow(Command command) {
        CommandSpec follower = command.syntax().spec;
        spec.addSubcommand(follower.name(), follower);
    }

    /** What the whole program is told by. */
    CommandLine commandLine() {
        return new CommandLine(spec);
    }

    /** Takes what the command has to say. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What somebody is told who misused the command. */
    CommandLine.ParameterException misuse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /** {@code --limit=N} by its two parts. */
    private static OptionSpec.Builder option(String usage) {
        int label = usage.indexOf('=') + 1;
        return OptionSpec.builder(usage.substring(0, label - 1)).paramLabel(usage.substring(label));
    }

    private <T> Given<Optional<T>> optional(OptionSpec.Builder builder) {
        OptionSpec option = added(builder);
        return () -> Optional.ofNullable(option.<T>getValue());
    }

    private OptionSpec added(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        spec.addOption(option);
        return option;
    }
}
