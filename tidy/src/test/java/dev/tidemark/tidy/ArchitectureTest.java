package dev.tidemark.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the classes of the program may know and do, and that each rule finds what breaks it. */
class ArchitectureTest {
    /** Where the program is put together, and so where it gets its clock. */
    private static final Set<String> WIRING =
            Set.of("dev.tidemark.cli.Main", "dev.tidemark.bench.Main");

    private static final Set<String> SLEEPERS =
            Set.of(
                    // Milliseconds between tries of a transaction that another one got in the way
                    // of, on the attempt's own thread, and not for ever.
                    "dev.tidemark.data.Conflicts",
                    // The same for turns that another transaction held up: four tries.
                    "dev.tidemark.store.PostgresWriter",
                    // A second between tries to reach a server that is away.
                    "dev.tidemark.store.PostgresHints",
                    // Between tries to own a store that another engine owns, or that is away.
                    "dev.tidemark.engine.Member",
                    // Until something arrives, or a timer is due; what arrives ends it.
                    "dev.tidemark.engine.Inbox",
                    // Between looks for what a server, another process, says.
                    "dev.tidemark.cli.PostedRequest",
                    // A task of a bench, until the moment it has to end at.
                    "dev.tidemark.bench.Latency",
                    "dev.tidemark.bench.Many");

    private static final Set<String> THREADS_OUTSIDE_ENGINE =
            Set.of(
                    // Waits for the server to say that a command was posted.
                    "dev.tidemark.store.PostgresHints",
                    // The hook that Ctrl-C runs has to be a thread.
                    "dev.tidemark.cli.RunFlow",
                    "dev.tidemark.cli.ServerCommand",
                    // Loads the database's library while the command line is read.
                    "dev.tidemark.cli.Main",
                    // Callers of a peer, side by side.
                    "dev.tidemark.bench.Dbos");

    private static final Set<String> STREAMS_OUTSIDE_CLI =
            Set.of(
                    // Sends what a task prints to the log of its attempt.
                    "dev.tidemark.engine.StandardStreams",
                    // A program of its own, for those who work on this one.
                    "dev.tidemark.simulation.SimulationMain",
                    // Prints what a bench found.
                    "dev.tidemark.bench.Main");

    @Test
    void everyRoomIsLookedAt() {
        assertThat(
                        Arrays.stream(Room.values())
                                .filter(room -> !Files.isDirectory(Classes.folder(room))))
                .as("rooms without classes: build them first")
                .isEmpty();
        assertThat(Classes.PROGRAM).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void eachRoomImportsOnlyWhatItMay(Room room) {
        Rules.roomImportsOnlyWhatItMay(room, Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "API, bad.ReadsJson, tools.jackson",
        "CORE, bad.core.KnowsTheStore, bad.store.Shelf",
        "STORE, bad.store.Shelf, org.duckdb",
        "ENGINE, bad.engine.JobManager, picocli",
        "DATA, bad.data.KnowsTheEngine, bad.engine.JobManager",
    })
    void anImportAgainstTheDirectionIsFound(Room room, String type, String imported) {
        assertThat(complaints(Rules.roomImportsOnlyWhatItMay(room, Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains(type) && line.contains(imported));
    }

    @Test
    void coreKnowsOnlyValues() {
        Rules.coreKnowsOnlyValues(Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "ReadsFiles, java.nio.file.Files",
        "ReadsFiles, java.io.IOException",
        "TakesLocks, java.util.concurrent.locks.ReentrantLock",
        "TakesLocks, java.util.concurrent.ThreadLocalRandom",
        "AsksForTheTime, java.time.InstantSource",
        "Rolls, java.security.SecureRandom",
        "Connects, java.sql.Connection",
        "Connects, java.net.URI",
    })
    void aCoreThatKnowsMoreIsFound(String type, String known) {
        assertThat(complaints(Rules.coreKnowsOnlyValues(Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad.core." + type) && line.contains(known));
    }

    @Test
    void coreAsksNothingOfItsSurroundings() {
        Rules.coreAsksNothingOfItsSurroundings(Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "AsksForTheTime, Instant.now",
        "AsksForTheTime, LocalDate.now",
        "AsksForTheTime, System.nanoTime",
        "AsksForTheTime, System.currentTimeMillis",
        "Rolls, Math.random",
        "Rolls, UUID.randomUUID",
        "Rolls, java.util.Random.<init>()",
        "Rolls, Collections.shuffle",
        "LooksAround, System.getenv",
        "LooksAround, System.getProperty",
        "LooksAround, java.lang.System.out",
        "LooksAround, Thread.currentThread",
        "LooksAround, parallelStream",
        "LooksAround, ZoneId.systemDefault",
    })
    void aCoreThatLooksAroundIsFound(String type, String asked) {
        assertThat(complaints(Rules.coreAsksNothingOfItsSurroundings(Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad.core." + type) && line.contains(asked));
    }

    @Test
    void seededRandomNumbersArePure() {
        assertThat(complaints(Rules.coreAsksNothingOfItsSurroundings(Classes.BAD_ROOT)))
                .noneMatch(line -> line.contains("Random.<init>(long)"));
    }

    @Test
    void theWallClockIsReadOnlyWhereTheProgramIsWired() {
        Rules.wallClockIsReadOnlyBy(WIRING, Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "core.AsksForTheTime, Instant.now()",
        "core.AsksForTheTime, LocalDate.now(java.time.ZoneId)",
        "core.AsksForTheTime, System.currentTimeMillis",
        "data.Waits, InstantSource.system",
        "data.Waits, Clock.systemUTC",
        "data.Waits, Date.<init>()",
    })
    void aLookAtTheWallClockIsFound(String type, String how) {
        assertThat(complaints(Rules.wallClockIsReadOnlyBy(Set.of(), Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad." + type) && line.contains(how));
    }

    @Test
    void aGivenClockIsFine() {
        assertThat(complaints(Rules.wallClockIsReadOnlyBy(Set.of(), Classes.BAD_ROOT)))
                .noneMatch(line -> line.contains("now(java.time.Clock)"));
    }

    @Test
    void nobodySleepsButBetweenTries() {
        Rules.nobodySleepsBut(SLEEPERS, Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({"Thread.sleep", "TimeUnit.sleep", "LockSupport.parkNanos"})
    void aSleepIsFound(String how) {
        assertThat(complaints(Rules.nobodySleepsBut(Set.of(), Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad.data.Waits") && line.contains(how));
    }

    @Test
    void onlyEngineStartsThreads() {
        Rules.threadsStartOnlyInEngineAnd(THREADS_OUTSIDE_ENGINE, Classes.ROOT)
                .check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.Thread.<init>",
        "Thread.ofVirtual",
        "Executors.newCachedThreadPool",
        "CompletableFuture.supplyAsync",
        "java.util.Timer.<init>",
        "parallelStream",
        ".parallel()",
    })
    void aThreadOutsideEngineIsFound(String how) {
        assertThat(complaints(Rules.threadsStartOnlyInEngineAnd(Set.of(), Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad.data.StartsThreads") && line.contains(how));
    }

    @Test
    void onlyCliPrints() {
        Rules.standardStreamsBelongToCliAnd(STREAMS_OUTSIDE_CLI, Classes.ROOT)
                .check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({"System.out", "System.err", "printStackTrace()"})
    void aPrintOutsideCliIsFound(String how) {
        List<String> complaints =
                complaints(Rules.standardStreamsBelongToCliAnd(Set.of(), Classes.BAD_ROOT));
        assertThat(complaints)
                .anyMatch(line -> line.contains("bad.data.Prints") && line.contains(how))
                .noneMatch(line -> line.contains("bad.cli"));
    }

    @Test
    void namesSayWhatThingsAre() {
        Rules.namesSayWhatThingsAre(Classes.ROOT).check(Classes.PROGRAM);
    }

    @ParameterizedTest
    @CsvSource({
        "JobManager",
        "JobManager$QueueHelper",
        "JobManager$AbstractJob",
        "JobManager$JobImpl"
    })
    void aNameThatSaysNothingIsFound(String name) {
        assertThat(complaints(Rules.namesSayWhatThingsAre(Classes.BAD_ROOT)))
                .anyMatch(line -> line.contains("bad.engine." + name + ">"));
    }

    @Test
    void allPackagesAreBelowDevTidemark() {
        Rules.allPackagesAreBelow(Classes.ROOT).check(Classes.PROGRAM);
    }

    @Test
    void aStrayPackageIsFound() {
        ArchRule rule = Rules.allPackagesAreBelow(Classes.ROOT);
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(Test.class)).hasViolation())
                .isTrue();
    }

    /** That a name is excepted is worth something only while it is needed. */
    @Test
    void everyExceptionIsNeeded() {
        assertNeeded(WIRING, Rules.wallClockIsReadOnlyBy(Set.of(), Classes.ROOT));
        assertNeeded(SLEEPERS, Rules.nobodySleepsBut(Set.of(), Classes.ROOT));
        assertNeeded(
                THREADS_OUTSIDE_ENGINE, Rules.threadsStartOnlyInEngineAnd(Set.of(), Classes.ROOT));
        assertNeeded(
                STREAMS_OUTSIDE_CLI, Rules.standardStreamsBelongToCliAnd(Set.of(), Classes.ROOT));
    }

    private static void assertNeeded(Set<String> excepted, ArchRule without) {
        List<String> complaints = without.evaluate(Classes.PROGRAM).getFailureReport().getDetails();
        assertThat(excepted)
                .allMatch(name -> complaints.stream().anyMatch(line -> line.contains(name)));
    }

    private static List<String> complaints(ArchRule rule) {
        return rule.evaluate(Classes.BAD).getFailureReport().getDetails();
    }
}
