package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.load.PipelineFolder;
import dev.tidemark.cli.load.PipelineLoader;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Health;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code tidemark server}: an engine that stays up, and does what is asked for through its store.
 */
final class ServerCommand implements Command {
    /** A server outlives every outage of its store. */
    private static final Duration MAX_OUTAGE = Duration.ofDays(36_500);

    /** How often the engine's health is looked at, and changes of it are told. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** A turn takes longer than this only where something hangs. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    private final Syntax syntax =
            new Syntax(
                    "server",
                    this,
                    "Runs the pipelines of a folder for whoever asks: run, backfill and clear with"
                            + " the same --store or --home are done by the server.",
                    "Several servers may share a PostgreSQL store: one is active, the others stand"
                            + " by and take over when it stops.");

    private final Given<Path> path =
            syntax.parameter(
                    "PATH", Path.class, "A folder with .java files and jars, or one of these.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<Integer> port =
            syntax.option(
                    "--port=N",
                    Integer.class,
                    HealthEndpoint.DEFAULT_PORT,
                    "Where /health answers, on loopback; 0 for any port that is free.");

    private final Given<Integer> leaseSeconds =
            syntax.option(
                    "--lease=SECONDS",
                    Integer.class,
                    (int) Terms.LEASE.toSeconds(),
                    "How long after its last sign of life another server takes over.");

    private final Given<Integer> slots =
            syntax.option(
                    "--slots=N",
                    Integer.class,
                    Engine.defaultSlots(),
                    "How many attempts run at once.");

    private final InstantSource clock;

    ServerCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        Duration lease = Duration.ofSeconds(atLeastOne("--lease", leaseSeconds.value()));
        Terms terms =
                new Terms(
                        EngineName.ofServer(),
                        lease,
                        atLeastOne("--slots", slots.value()),
                        Terms.Scope.EVERYTHING,
                        MAX_OUTAGE);
        Workplace workplace = new Workplace(state.made(), clock, Steps.UNHEARD, false);
        List<PipelineCode> codes = pipelines(workplace);
        Duration patience = lease.compareTo(LEAST_PATIENCE) > 0 ? lease : LEAST_PATIENCE;
        try (Session session =
                        Session.open(state.place(), workplace, terms, Watcher.NOBODY, codes);
                HealthEndpoint endpoint =
                        HealthEndpoint.open(
                                port.value(), session.engine()::health, clock, patience)) {
            Runtime.getRuntime().addShutdownHook(new Thread(session::close, "stop"));
            say(terms.name() + " answers http://localhost:" + endpoint.port() + "/health");
            return watch(session.engine());
        }
    }

    private int atLeastOne(String option, int value) {
        if (value < 1) {
            throw syntax.misuse(option + " must be 1 or more, not " + value);
        }
        return value;
    }

    /** All that can be loaded; what cannot is said, and left out. */
    private List<PipelineCode> pipelines(Workplace workplace) {
        PipelineFolder folder =
                new PipelineFolder(
                        new PipelineLoader(workplace.clock()), workplace.home().compiled());
        List<PipelineCode> codes = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        for (PipelineFolder.Found found : folder.load(path.value())) {
            switch (found) {
                case PipelineFolder.Found.Broken broken ->
                        say("left out: " + broken.file() + ": " + broken.why().getMessage());
                case PipelineFolder.Found.Loaded(Path file, var loaded) -> {
                    String name = loaded.pipeline().definition().name();
                    Path other = seen.putIfAbsent(name, file);
                    if (other == null) {
                        codes.add(
                                new PipelineCode(
                                        loaded.pipeline(), loaded.version(), loaded.folder()));
                        say("pipeline " + name + ", version " + loaded.version());
                    } else {
                        say("left out: " + file + ": " + other + " has a pipeline '" + name + "'");
                    }
                }
            }
        }
        if (codes.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.UNLOADABLE_PIPELINE,
                    path.value() + " holds no pipeline that can be run");
        }
        return codes;
    }

    /** Tells when the engine's part changes, until it stops. */
    private ExitCode watch(Engine engine) {
        Health told = new Health(Health.Role.STARTING, -1, Instant.EPOCH, "");
        while (!engine.awaitEnd(LOOK_EVERY)) {
            Health now = engine.health();
            if (now.role() != told.role()
                    || now.epoch() != told.epoch()
                    || !now.trouble().equals(told.trouble())) {
                told = now;
                say(
                        now.role().name().toLowerCase(Locale.ROOT)
                                + ", epoch "
                                + now.epoch()
                                + (now.trouble().isEmpty() ? "" : ": " + now.trouble()));
            }
        }
        if (engine.isClosed()) {
            return ExitCode.STOPPED;
        }
        if (engine.failure().orElse(null) instanceof TidemarkException known) {
            throw known;
        }
        throw new IllegalStateException("the engine stopped", engine.failure().orElse(null));
    }

    private void say(String line) {
        syntax.out().println(line);
        syntax.out().flush();
    }
}
