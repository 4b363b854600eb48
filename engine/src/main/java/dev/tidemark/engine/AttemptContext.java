package dev.tidemark.engine;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import dev.tidemark.Interval;
import dev.tidemark.Parameter;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Source;
import dev.tidemark.Target;
import dev.tidemark.TaskContext;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.TaskKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * What a running attempt sees: the task's code through {@link TaskContext}, sources and targets
 * through {@link Boundary}. Used by the attempt's thread, and by those its code starts.
 */
final class AttemptContext implements TaskContext, Boundary {
    private final AttemptOrder order;
    private final Workplace workplace;
    private final Surroundings surroundings;
    private final AttemptLog log;
    private final List<Consumption> consumptions = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();

    /**
     * What is around an attempt.
     *
     * @param folder that of the pipeline's file
     * @param isStopped whether somebody stopped it; its code may not have noticed
     */
    record Surroundings(Path folder, BooleanSupplier isStopped) {}

    AttemptContext(
            AttemptOrder order, Workplace workplace, Surroundings surroundings, AttemptLog log) {
        this.order = order;
        this.workplace = workplace;
        this.surroundings = surroundings;
        this.log = log;
    }

    @Override
    public String pipeline() {
        return order.writer().pipeline();
    }

    @Override
    public String run() {
        return order.writer().run();
    }

    @Override
    public String task() {
        return order.key().task();
    }

    @Override
    public int attempt() {
        return order.writer().attempt();
    }

    @Override
    public OptionalInt element() {
        int element = order.key().element();
        return element == TaskKey.NONE ? OptionalInt.empty() : OptionalInt.of(element);
    }

    @Override
    public Interval interval() {
        return partition().interval();
    }

    @Override
    public Partition partition() {
        return order.scope().partition();
    }

    @Override
    public LocalDate date() {
        return interval().start().atZone(partition().zone()).toLocalDate();
    }

    @Override
    public <T> T parameter(Parameter<T> parameter) {
        String text = order.scope().parameters().get(parameter.name());
        if (text == null) {
            throw new TidemarkException(
                    ErrorCode.INVALID_PARAMETER,
                    "pipeline "
                            + pipeline()
                            + " does not declare parameter '"
                            + parameter.name()
                            + "'; name it in parameters(…)");
        }
        return parameter.read(text);
    }

    @Override
    public <R> R from(Source<R> source) {
        return source.open(this);
    }

    @Override
    public <W> W into(Target<W> target) {
        return target.writer(this);
    }

    @Override
    public Path sourcePath(String path) {
        return surroundings.folder().resolve(path);
    }

    @Override
    public Path dataPath(String path) {
        return workplace.data().resolve(path);
    }

    @Override
    public void log(String format, Object... arguments) {
        log.line(arguments.length == 0 ? format : format.formatted(arguments));
    }

    @Override
    public Writer writer() {
        return order.writer();
    }

    @Override
    public FencingToken token() {
        refuseStopped();
        return order.token();
    }

    @Override
    public boolean adopts() {
        return workplace.adopts();
    }

    @Override
    public Optional<Partition> previousPartition() {
        return order.scope().previous();
    }

    @Override
    public Map<String, String> parameters() {
        return order.scope().parameters();
    }

    @Override
    public boolean isExperiment() {
        return workplace.isExperiment();
    }

    @Override
    public Instant now() {
        return workplace.clock().instant();
    }

    @Override
    public synchronized void consumed(Consumption consumption) {
        consumptions.add(consumption);
        log(
                "read %,d rows of %s, partition %s",
                consumption.rows(), consumption.source(), consumption.partition());
    }

    @Override
    public synchronized List<Consumption> consumptions() {
        return List.copyOf(consumptions);
    }

    @Override
    public synchronized void published(Evidence published) {
        evidence.add(published);
        log("published %s", published.receipt());
    }

    @Override
    public void reached(ProtocolStep step, Asset asset) {
        reached(step, asset.name());
    }

    /**
     * An attempt that was stopped has no successor yet that would hold a higher token, so its
     * targets would let it publish.
     */
    private void refuseStopped() {
        if (surroundings.isStopped().getAsBoolean()) {
            throw new TidemarkException(
                    ErrorCode.FENCED,
                    "attempt "
                            + attempt()
                            + " of "
                            + order.key().label()
                            + " was stopped; it publishes nothing any more");
        }
    }

    void reached(ProtocolStep step, String asset) {
        if (step == ProtocolStep.CHECKED) {
            refuseStopped(); // The next thing that it would do is to publish.
        }
        workplace.steps().reached(order.key().label(), step, asset);
    }

    synchronized List<Evidence> evidence() {
        return List.copyOf(evidence);
    }
}
