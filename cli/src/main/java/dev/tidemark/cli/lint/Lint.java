package dev.tidemark.cli.lint;

import dev.tidemark.Allowance;
import dev.tidemark.Effects;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.cli.flow.CodeFlow;
import dev.tidemark.cli.flow.Step;
import dev.tidemark.cli.inspect.CodeReach;
import dev.tidemark.cli.load.LoadedPipeline;
import dev.tidemark.core.ScheduledTimetable;
import dev.tidemark.core.Timetable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a pipeline by all rules. Nothing of it is run. */
public final class Lint {
    private static final String BUILDER = "dev/tidemark/PipelineBuilder";

    /** Before whatever anybody has data of. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    private final Pipeline pipeline;
    private final PipelineDefinition definition;
    private final LoadedPipeline.Code code;
    private final CodeReach reach;
    private final CodeFlow flow;
    private final SourcePlaces places;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(LoadedPipeline loaded, PipelineDefinition definition) {
        this.pipeline = loaded.pipeline();
        this.definition = definition;
        this.code = loaded.code();
        this.reach = new CodeReach(pipeline, code.source(), code.classes());
        this.flow = new CodeFlow(reach);
        this.places = new SourcePlaces(code, reach);
    }

    /**
     * What the rules find.
     *
     * @param definition the pipeline's, in view of what was verified of it
     * @return by place
     */
    public static List<Finding> of(LoadedPipeline loaded, PipelineDefinition definition) {
        Lint lint = new Lint(loaded, definition);
        Set<Problem> told = new HashSet<>();
        definition.tasks().forEach(task -> lint.lookAt(task, told));
        lint.lookAtDefinition(told);
        return lint.findings.stream().sorted(Finding.ORDER).toList();
    }

    private void lookAt(TaskDefinition task, Set<Problem> told) {
        TaskCode does = new TaskCode(flow.steps(reach.ofTask(task)), this::isAuthors);
        List<Problem> problems = CodeRules.ofTask(does, task.effects().areKnown());
        told.addAll(problems);
        Optional<String> name = Optional.of(task.name());
        List<Finding> found = new ArrayList<>();
        problems.forEach(problem -> found.add(found(problem, name)));
        Pipeline.Body body = pipeline.body(task.name());
        if (isRetriedUnknown(task)) {
            String message =
                    "is tried again after errors, and nobody knows what that does outside: it "
                            + task.effects().reason()
                            + ". Publish through task.into, or say how it is idempotent";
            found.add(
                    new Finding(
                            Rule.RETRY_UNKNOWN_EFFECTS,
                            places.of(body.place()),
                            definition.name(),
                            name,
                            message));
        }
        keep(found, body.allowances(), name);
    }

    private void lookAtDefinition(Set<Problem> told) {
        List<Step> steps = flow.steps(reach.ofDefinition());
        List<Finding> found = new ArrayList<>();
        // What a task does too is told of the task.
        CodeRules.ofDefinition(new TaskCode(steps, this::isAuthors)).stream()
                .filter(problem -> !told.contains(problem))
                .forEach(problem -> found.add(found(problem, Optional.empty())));
        if (hasNoInterval()) {
            found.add(
                    new Finding(
                            Rule.NO_INTERVAL,
                            placeOfBounds(steps),
                            definition.name(),
                            Optional.empty(),
                            "the schedule has no interval between startingOn and endingOn, so"
                                    + " nothing will ever run. Move one of them"));
        }
        keep(found, pipeline.allowances(), Optional.empty());
    }

    private Finding found(Problem problem, Optional<String> task) {
        return new Finding(
                problem.rule(),
                places.of(problem.spot()),
                definition.name(),
                task,
                problem.message());
    }

    /** Keeps what is not meant, and tells of what is meant and was not found. */
    private void keep(List<Finding> found, List<Allowance> allowances, Optional<String> task) {
        Set<Rule> allowed = new HashSet<>();
        for (Allowance allowance : allowances) {
            Optional<Rule> rule = Rule.named(allowance.rule());
            rule.ifPresent(allowed::add);
            if (found.stream().noneMatch(each -> rule.filter(each.rule()::equals).isPresent())) {
                findings.add(
                        new Finding(
                                Rule.UNUSED_ALLOWANCE,
                                places.of(allowance.place()),
                                definition.name(),
                                task,
                                unused(allowance, rule)));
            }
        }
        found.stream().filter(each -> !allowed.contains(each.rule())).forEach(findings::add);
    }

    private static String unused(Allowance allowance, Optional<Rule> rule) {
        return rule.isPresent()
                ? "allows " + allowance.rule() + ", and there is nothing to allow. Remove it"
                : "allows "
                        + allowance.rule()
                        + ", and there is no such rule; there are "
                        + String.join(", ", Rule.labels());
    }

    private static boolean isRetriedUnknown(TaskDefinition task) {
        return task.effects().kind() == Effects.Kind.UNKNOWN
                && task.policy().retry().limits().values().stream().anyMatch(times -> times > 0);
    }

    /** Without one of the two there always are intervals. */
    private boolean hasNoInterval() {
        PipelineDefinition.Timing timing = definition.timing();
        return timing.bounds().from().isPresent()
                && timing.bounds().until().isPresent()
                && Timetable.of(timing) instanceof ScheduledTimetable timetable
                && timetable
                        .firstFrom(FIRST_DAY.atStartOfDay(timetable.zone()).toInstant())
                        .isEmpty();
    }

    private SourcePlace placeOfBounds(List<Step> steps) {
        return steps.stream()
                .filter(Step.Call.class::isInstance)
                .map(Step.Call.class::cast)
                .filter(call -> call.method().owner().equals(BUILDER))
                .filter(call -> Set.of("startingOn", "endingOn").contains(call.method().name()))
                .map(call -> places.of(call.spot()))
                .reduce((_, last) -> last)
                .orElseGet(() -> places.of(pipeline.body(firstTask()).place()));
    }

    private String firstTask() {
        return definition.tasks().getFirst().name();
    }

    /**
     * Whether a class is told of. Sources are all the author's. A jar may hold libraries: of it
     * those classes count whose package begins with the same two names as the pipeline's.
     */
    private boolean isAuthors(String owner) {
        return code.root().isPresent()
                || owner.startsWith(packages(code.source().replace('.', '/')));
    }

    private static String packages(String owner) {
        int first = owner.indexOf('/');
        int second = owner.indexOf('/', first + 1);
        return owner.substring(0, (second < 0 ? first : second) + 1);
    }
}
