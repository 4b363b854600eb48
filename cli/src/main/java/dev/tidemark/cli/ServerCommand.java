package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Health;
import dev.tidemark.engine.PipelineCode;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code tidemark server}: an engine that stays up, starts what is due, and does what is asked for
 * through its store. {@code tidemark dev} is the same for whoever writes pipelines: it tells of
 * each run.
 */
final class ServerCommand implements Command {
    /** A server outlives every outage of its store. */
    private static final Duration MAX_OUTAGE = Duration.ofDays(36_500);

    /** How often the engine's health is looked at, and changes of it are told. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** A turn takes longer than this only where something hangs. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    /** How often the files are looked at. */
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(1);

    private final Syntax syntax;
    private final Given<Path> path;
    private final StateOptions state;
    private final Given<Integer> port;
    private final Given<Integer> leaseSeconds;
    private final Given<Integer> slots;
    private final Given<Boolean> noSchedules;
    private final Given<Optional<String>> heartbeatUrl;
    private final boolean tellsAll;
    private final InstantSource clock;

    private ServerCommand(String name, boolean tellsAll, InstantSource clock, String... about) {
        this.tellsAll = tellsAll;
        this.clock = clock;
        syntax = new Syntax(name, this, about[0], about[1]);
        path =
                syntax.parameter(
                        "PATH",
                        Path.class,
                        "A folder with .java files and jars, or one of these. What changes in it"
                                + " is loaded anew.");
        state = new StateOptions(syntax);
        port =
                syntax.option(
                        "--port=N",
                        Integer.class,
                        tellsAll ? 0 : HealthEndpoint.DEFAULT_PORT,
                        "Where /health answers, on loopback; 0 for any port that is free.");
        leaseSeconds =
                syntax.option(
                        "--lease=SECONDS",
                        Integer.class,
                        (int) Terms.LEASE.toSeconds(),
                        "How long after its last sign of life another server takes over.");
        slots =
                syntax.option(
                        "--slots=N",
                        Integer.class,
                        Engine.defaultSlots(),
                        "How many attempts run at once.");
        noSchedules =
                syntax.flag(
                        "--no-schedules",
                        "Starts nothing because it is due, only what is asked for.");
        heartbeatUrl =
                syntax.option(
                        "--heartbeat=URL",
                        String.class,
                        "Is called every minute while this is the active server and well, so that"
                                + " somebody outside notices when it is not.");
    }

    static ServerCommand server(InstantSource clock) {
        return new ServerCommand(
                "server",
                false,
                clock,
                "Runs the pipelines of a folder when they are due, and for whoever asks: run,"
                        + " backfill and clear with the same --store or --home are done by the"
                        + " server.",
                "Several servers may share a PostgreSQL store: one is active, the others stand"
                        + " by and take over when it stops.");
    }

    static ServerCommand dev(InstantSource clock) {
        return new ServerCommand(
                "dev",
                true,
                clock,
                "Runs the pipelines of a folder when they are due, for whoever writes them: what"
                        + " changes in the folder is loaded anew, and each run is told of.",
                "The same as server otherwise.");
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
                        noSchedules.value() ? Terms.Scope.ALL_REQUESTS : Terms.Scope.EVERYTHING,
                        MAX_OUTAGE);
        Workplace workplace = new Workplace(state.made(), clock, Steps.UNHEARD, false);
        Optional<Heartbeat> heartbeat =
                heartbeatUrl.value().map(url -> new Heartbeat(url, this::say));
        ServedPipelines pipelines = new ServedPipelines(path.value(), workplace, this::say);
        FileWatch files = new FileWatch(path.value());
        List<PipelineCode> codes = pipelines.changed();
        if (codes.isEmpty() && !tellsAll) {
            throw new TidemarkException(
                    ErrorCode.UNLOADABLE_PIPELINE,
                    path.value() + " holds no pipeline that can be run");
        }
        Duration patience = lease.compareTo(LEAST_PATIENCE) > 0 ? lease : LEAST_PATIENCE;
        try (Session session =
                        Session.open(
                                state.place(),
                                workplace,
                                terms,
                                new RunLog(tellsAll, this::say),
                                codes);
                HealthEndpoint endpoint =
                        HealthEndpoint.open(
                                port.value(), session.engine()::health, clock, patience)) {
            Runtime.getRuntime().addShutdownHook(new Thread(session::close, "stop"));
            say(terms.name() + " answers http://localhost:" + endpoint.port() + "/health");
            return watch(session.engine(), pipelines, files, heartbeat);
        } finally {
            heartbeat.ifPresent(Heartbeat::close);
        }
    }

    private int atLeastOne(String option, int value) {
        if (value < 1) {
            throw syntax.misuse(option + " must be 1 or more, not " + value);
        }
        return value;
    }

    /** Tells when the engine's part changes, and loads what does, until the engine stops. */
    private ExitCode watch(
            Engine engine,
            ServedPipelines pipelines,
            FileWatch files,
            Optional<Heartbeat> heartbeat) {
        Health told = new Health(Health.Role.STARTING, -1, Instant.EPOCH, "");
        Instant nextReload = Instant.MIN;
        while (!engine.awaitEnd(LOOK_EVERY)) {
            Health now = engine.health();
            Instant time = clock.instant();
            heartbeat.ifPresent(it -> it.beat(now, time, LEAST_PATIENCE));
            if (!time.isBefore(nextReload)) {
                nextReload = time.plus(RELOAD_EVERY);
                if (files.hasChanged()) {
                    pipelines.reload(engine);
                }
            }
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
