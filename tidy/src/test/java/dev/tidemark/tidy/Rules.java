package dev.tidemark.tidy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.BaseStream;

/**
 * The rules of the house that compiled classes show. Each takes the package the house stands at.
 */
final class Rules {
    /** What core may know of the JDK: values, collections, and times that it is given. */
    private static final String[] VALUES = {
        "java.lang",
        "java.lang.annotation",
        "java.math",
        "java.nio.charset",
        "java.time..",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
    };

    /** A digest is a function of its bytes. */
    private static final Set<String> PURE_CLASSES =
            Set.of("java.security.MessageDigest", "java.security.NoSuchAlgorithmException");

    private static final String BAD_NAME =
            "(.*\\.|.*\\$)?(\\w*(Manager|Helper|Utils?|Impl)|Abstract\\w*)";

    private Rules() {}

    static ArchRule roomImportsOnlyWhatItMay(Room room, String root) {
        return classes()
                .that()
                .resideInAPackage(room.packages(root))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.allowed(root));
    }

    static ArchRule coreKnowsOnlyValues(String root) {
        String[] rooms = {Room.API.packages(root), Room.CORE.packages(root), "org.jspecify.."};
        return classes()
                .that()
                .resideInAPackage(Room.CORE.packages(root))
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(VALUES)
                                .or(JavaClass.Predicates.resideInAnyPackage(rooms))
                                .or(named(PURE_CLASSES))
                                .and(DescribedPredicate.not(belongToAnyOf(Clock.class)))
                                .and(DescribedPredicate.not(belongToAnyOf(InstantSource.class)))
                                .as("are values"));
    }

    static ArchRule coreAsksNothingOfItsSurroundings(String root) {
        return noClasses()
                .that()
                .resideInAPackage(Room.CORE.packages(root))
                .should()
                .accessTargetWhere(
                        Access.any(
                                        Access.to(System.class),
                                        Access.to(Runtime.class),
                                        Access.to(Thread.class),
                                        Access.to(ThreadLocal.class),
                                        Access.to(ProcessHandle.class),
                                        Access.to(ProcessBuilder.class),
                                        Access.to(Timer.class),
                                        Access.to(Date.class),
                                        Access.inPackage("java.time", "now"),
                                        Access.to(ZoneId.class, "systemDefault"),
                                        Access.to(Locale.class, "getDefault"))
                                .or(randomness())
                                .or(parallelism()));
    }

    private static DescribedPredicate<JavaAccess<?>> randomness() {
        return Access.any(
                Access.to(Math.class, "random"),
                Access.to(UUID.class, "randomUUID"),
                Access.makingWithoutArguments(Random.class),
                Access.makingWithoutArguments(SplittableRandom.class),
                Access.to(Collections.class, "shuffle").and(Access.withParameters(1)));
    }

    /** Production code is handed an {@link InstantSource}, except where the program is wired. */
    static ArchRule wallClockIsReadOnlyBy(Set<String> allowed, String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(DescribedPredicate.not(named(allowed)))
                .should()
                .accessTargetWhere(
                        Access.any(
                                Access.wallClockNow(),
                                Access.to(System.class, "currentTimeMillis"),
                                Access.to(InstantSource.class, "system"),
                                Access.to(
                                        Clock.class,
                                        "system",
                                        "systemUTC",
                                        "systemDefaultZone",
                                        "tickMillis",
                                        "tickSeconds",
                                        "tickMinutes"),
                                Access.makingWithoutArguments(Date.class)));
    }

    static ArchRule nobodySleepsBut(Set<String> allowed, String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(DescribedPredicate.not(named(allowed)))
                .should()
                .accessTargetWhere(
                        Access.any(
                                Access.to(Thread.class, "sleep"),
                                Access.to(TimeUnit.class, "sleep"),
                                Access.to(LockSupport.class, "parkNanos", "parkUntil")));
    }

    static ArchRule threadsStartOnlyInEngineAnd(Set<String> allowed, String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(Room.ENGINE.packages(root))
                .and(DescribedPredicate.not(named(allowed)))
                .should()
                .accessTargetWhere(parallelism());
    }

    private static DescribedPredicate<JavaAccess<?>> parallelism() {
        return Access.any(
                Access.making(Thread.class),
                Access.to(Thread.class, "start", "ofPlatform", "ofVirtual", "startVirtualThread"),
                Access.to(Executors.class),
                Access.making(ExecutorService.class),
                Access.making(Timer.class),
                Access.to(BaseStream.class, "parallel"),
                Access.to(Collection.class, "parallelStream"),
                DescribedPredicate.describe(
                        "CompletableFuture…Async",
                        access ->
                                access.getTargetOwner().isAssignableTo(CompletableFuture.class)
                                        && access.getName().endsWith("Async")));
    }

    static ArchRule standardStreamsBelongToCliAnd(Set<String> allowed, String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(Room.CLI.packages(root))
                .and(DescribedPredicate.not(named(allowed)))
                .should()
                .accessTargetWhere(
                        Access.any(
                                Access.to(System.class, "in", "out", "err", "setOut", "setErr"),
                                Access.to(Throwable.class, "printStackTrace")
                                        .and(Access.withParameters(0))));
    }

    static ArchRule namesSayWhatThingsAre(String root) {
        return noClasses().that().resideInAPackage(root + "..").should().haveNameMatching(BAD_NAME);
    }

    static ArchRule allPackagesAreBelow(String root) {
        return classes().should().resideInAPackage(root + "..");
    }

    /** These classes, and what is nested in them. */
    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return DescribedPredicate.describe(
                "one of " + names,
                type -> names.contains(((HasName) type).getName().replaceAll("\\$.*", "")));
    }
}
