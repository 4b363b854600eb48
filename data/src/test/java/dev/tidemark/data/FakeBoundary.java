package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The boundary of one attempt in a home of its own: at each protocol step it does what the test
 * says, which may be to crash, to wait, or to let a successor run. Time stands still.
 */
final class FakeBoundary implements Boundary {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    static final Instant NOW = Instant.parse("2001-03-01T12:00:00Z");

    private final Path home;
    private final Partition partition;
    private final FencingToken token;
    private final List<Consumption> consumptions = new ArrayList<>();
    private final List<Evidence> published = new ArrayList<>();
    private final List<ProtocolStep> steps = new ArrayList<>();
    private Optional<Partition> previous = Optional.empty();
    private Consumer<ProtocolStep> atStep = step -> {};
    private boolean adopts;
    private boolean isExperiment;
    private Instant now = NOW;

    private FakeBoundary(Path home, Partition partition, FencingToken token) {
        this.home = home;
        this.partition = partition;
        this.token = token;
    }

    /** An attempt on a calendar day; the day before is its previous partition. */
    static FakeBoundary attempt(Path home, String day, long token) {
        FakeBoundary boundary =
                new FakeBoundary(home, dayOf(day), new FencingToken("home-a", token));
        boundary.previous = Optional.of(dayOf(LocalDate.parse(day).minusDays(1).toString()));
        return boundary;
    }

    /** An attempt that owns the whole of a target, on a calendar day. */
    static FakeBoundary owningAll(Path home, String day, long token) {
        Partition all = new Partition(Partition.WHOLE, dayOf(day).interval(), ZONE);
        return new FakeBoundary(home, all, new FencingToken("home-a", token));
    }

    static Partition dayOf(String day) {
        LocalDate date = LocalDate.parse(day);
        return new Partition(
                day,
                new Interval(
                        date.atStartOfDay(ZONE).toInstant(),
                        date.plusDays(1).atStartOfDay(ZONE).toInstant()),
                ZONE);
    }

    /** The same attempt with a token of another home. */
    FakeBoundary issuedBy(String issuer) {
        FakeBoundary other =
                new FakeBoundary(home, partition, new FencingToken(issuer, token.number()));
        other.previous = previous;
        return other;
    }

    FakeBoundary adopting() {
        adopts = true;
        return this;
    }

    FakeBoundary experimenting() {
        isExperiment = true;
        return this;
    }

    FakeBoundary at(Instant time) {
        now = time;
        return this;
    }

    /** Stops as a killed process would: with an error that no code handles. */
    FakeBoundary crashingAt(ProtocolStep step) {
        return doing(
                step,
                () -> {
                    throw new Crash(step);
                });
    }

    /** Does something at a step, before the attempt goes on. */
    FakeBoundary doing(ProtocolStep step, Runnable action) {
        atStep =
                reached -> {
                    if (reached == step) {
                        action.run();
                    }
                };
        return this;
    }

    List<Evidence> evidence() {
        return List.copyOf(published);
    }

    List<ProtocolStep> steps() {
        return List.copyOf(steps);
    }

    /** The end of a process, as far as its own code can tell. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(ProtocolStep step) {
            super("crashed at " + step);
        }
    }

    @Override
    public Writer writer() {
        return new Writer(
                "flights",
                "v1",
                "scheduled__" + partition.interval().end(),
                "land",
                (int) token.number());
    }

    @Override
    public FencingToken token() {
        return token;
    }

    @Override
    public boolean adopts() {
        return adopts;
    }

    @Override
    public Partition partition() {
        return partition;
    }

    @Override
    public Optional<Partition> previousPartition() {
        return previous;
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("secret", "***");
    }

    @Override
    public Path sourcePath(String path) {
        return home.resolve("source").resolve(path);
    }

    @Override
    public Path dataPath(String path) {
        return home.resolve("data").resolve(path);
    }

    @Override
    public boolean isExperiment() {
        return isExperiment;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void consumed(Consumption consumption) {
        consumptions.add(consumption);
    }

    @Override
    public List<Consumption> consumptions() {
        return List.copyOf(consumptions);
    }

    @Override
    public void published(Evidence evidence) {
        published.add(evidence);
    }

    @Override
    public void reached(ProtocolStep step, Asset asset) {
        steps.add(step);
        atStep.accept(step);
    }
}
