package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.lint.Finding;
import dev.tidemark.cli.lint.Lint;
import dev.tidemark.cli.lint.Rule;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.cli.load.PipelineFolder;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark lint}: what in pipelines makes a second run of an interval another one. */
final class LintCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "lint",
                    this,
                    "Finds what makes a second run of an interval another one: the time of day,"
                            + " random values, writes that only add, and the like.",
                    "It runs nothing. It ends with 1 where it finds something. docs/lint.md"
                            + " explains each rule, and how to say that something is meant.");

    private final Given<Path> path =
            syntax.parameter(
                    "PATH",
                    Path.class,
                    "A .java file, a folder of them, or a jar. Of a folder all pipelines are looked"
                            + " at, each file for itself.");

    private final Given<Optional<String>> pipeline =
            syntax.optionalParameter(
                    "PIPELINE", String.class, "The name of the only pipeline to look at.");

    private final Given<Set<String>> rules =
            syntax.anyNumber("--rule=NAME", "Looks for this only. May be given more than once.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<Boolean> json =
            syntax.flag(
                    "--json",
                    "Prints a JSON array of objects with rule, file, line, pipeline, task and"
                            + " message.");

    LintCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        refuseUnknownRules();
        List<TidemarkException> broken = new ArrayList<>();
        List<LoadedPipeline> pipelines = chosen(load(broken), broken);
        List<Finding> findings = new ArrayList<>();
        try (StoreReader store = state.readOrNothing()) {
            pipelines.forEach(each -> findings.addAll(lint(each, store)));
        }
        syntax.out().print(json.value() ? json(findings) + "\n" : text(findings, pipelines));
        syntax.out().flush();
        if (!broken.isEmpty()) {
            throw together(broken);
        }
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void refuseUnknownRules() {
        for (String rule : rules.value()) {
            if (Rule.named(rule).isEmpty()) {
                throw syntax.misuse(
                        "there is no rule '"
                                + rule
                                + "'; there are "
                                + String.join(", ", Rule.labels()));
            }
        }
    }

    private List<LoadedPipeline> load(List<TidemarkException> broken) {
        PipelineLoader loader = new PipelineLoader(clock);
        Path cache = state.made().compiled();
        // 'folder#Flights' names one, and is no path.
        if (!Files.exists(path.value())) {
            return List.of(loader.load(path.value(), cache));
        }
        List<LoadedPipeline> loaded = new ArrayList<>();
        for (PipelineFolder.Found found : new PipelineFolder(loader, cache).load(path.value())) {
            switch (found) {
                case PipelineFolder.Found.Loaded one -> loaded.add(one.pipeline());
                case PipelineFolder.Found.Broken one -> broken.add(one.why());
            }
        }
        return loaded;
    }

    private List<LoadedPipeline> chosen(
            List<LoadedPipeline> loaded, List<TidemarkException> broken) {
        List<LoadedPipeline> chosen =
                loaded.stream()
                        .filter(
                                each ->
                                        pipeline.value()
                                                .filter(name -> !name.equals(nameOf(each)))
                                                .isEmpty())
                        .toList();
        if (chosen.isEmpty() && broken.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.UNLOADABLE_PIPELINE,
                    path.value()
                            + (loaded.isEmpty()
                                    ? " has no pipeline: no class in it implements"
                                            + " dev.tidemark.PipelineSource"
                                    : " has no pipeline "
                                            + pipeline.value().orElse("")
                                            + "; it has "
                                            + String.join(
                                                    ", ",
                                                    loaded.stream()
                                                            .map(LintCommand::nameOf)
                                                            .toList())));
        }
        return chosen;
    }

    private static String nameOf(LoadedPipeline loaded) {
        return loaded.pipeline().definition().name();
    }

    private List<Finding> lint(LoadedPipeline loaded, StoreReader store) {
        PipelineDefinition definition =
                EffectsCommand.inViewOf(
                        store,
                        new PipelineCode(loaded.pipeline(), loaded.version(), loaded.folder()));
        Set<String> wanted = rules.value();
        return Lint.of(loaded, definition).stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(each.rule().label()))
                .toList();
    }

    private static TidemarkException together(List<TidemarkException> broken) {
        return new TidemarkException(
                broken.getFirst().code(),
                String.join(
                        "\nerror: ",
                        broken.stream()
                                .map(each -> Objects.requireNonNull(each.getMessage()))
                                .toList()),
                broken.getFirst());
    }

    private static String text(List<Finding> findings, List<LoadedPipeline> pipelines) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(line(finding)).append('\n'));
        return text.append(count(findings.size(), "finding"))
                .append(" in ")
                .append(count(pipelines.size(), "pipeline"))
                .append(".\n")
                .toString();
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** As compilers write it, so that editors find the place. */
    private static String line(Finding finding) {
        int line = finding.place().line();
        return finding.place().file()
                + (line == 0 ? "" : ":" + line)
                + ": "
                + finding.rule().label()
                + ": "
                + finding.task().map(task -> "task '" + task + "' of ").orElse("")
                + finding.pipeline()
                + ": "
                + finding.message();
    }

    private static String json(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            ObjectNode one = array.addObject();
            one.put("rule", finding.rule().label())
                    .put("file", finding.place().file())
                    .put("line", finding.place().line())
                    .put("pipeline", finding.pipeline());
            finding.task()
                    .ifPresentOrElse(task -> one.put("task", task), () -> one.putNull("task"));
            one.put("message", finding.message());
        }
        return JsonMapper.shared().writeValueAsString(array);
    }
}
