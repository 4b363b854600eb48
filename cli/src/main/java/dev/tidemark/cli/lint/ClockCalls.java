package dev.tidemark.cli.lint;

import dev.tidemark.cli.inspect.MethodName;
import java.util.Set;

/** Which calls of Java give another answer each time: the time of day, and random values. */
final class ClockCalls {
    /** Classes of which {@code now} gives the time, but not where it is given a clock. */
    private static final Set<String> WITH_NOW =
            Set.of(
                    "java/time/Instant",
                    "java/time/LocalDate",
                    "java/time/LocalDateTime",
                    "java/time/LocalTime",
                    "java/time/MonthDay",
                    "java/time/OffsetDateTime",
                    "java/time/OffsetTime",
                    "java/time/Year",
                    "java/time/YearMonth",
                    "java/time/ZonedDateTime",
                    "java/time/chrono/HijrahDate",
                    "java/time/chrono/JapaneseDate",
                    "java/time/chrono/MinguoDate",
                    "java/time/chrono/ThaiBuddhistDate");

    private static final Set<String> CLOCKS =
            Set.of(
                    "system",
                    "systemUTC",
                    "systemDefaultZone",
                    "tickMillis",
                    "tickSeconds",
                    "tickMinutes");

    private static final String CLOCK = "Ljava/time/Clock;";

    private ClockCalls() {}

    /** Whether it asks for the time of day, or makes a clock that does. */
    static boolean readsClock(MethodName call) {
        String name = call.name();
        return switch (call.owner()) {
            case "java/lang/System" -> name.equals("currentTimeMillis");
            case "java/time/Clock" -> CLOCKS.contains(name);
            case "java/time/InstantSource" -> name.equals("system");
            case "java/util/Date" -> isMadeOfNothing(call);
            case "java/util/Calendar" -> name.equals("getInstance");
            case "java/util/GregorianCalendar" ->
                    call.isConstructor() && !call.descriptor().startsWith("(I");
            default ->
                    (WITH_NOW.contains(call.owner())
                                    && name.equals("now")
                                    && !call.descriptor().contains(CLOCK))
                            || (call.owner().startsWith("java/time/chrono/")
                                    && name.equals("dateNow")
                                    && !call.descriptor().contains(CLOCK));
        };
    }

    /** Whether it gives random values that no seed decides, or makes what gives them. */
    static boolean rollsDice(MethodName call) {
        String name = call.name();
        return switch (call.owner()) {
            case "java/lang/Math", "java/lang/StrictMath" -> name.equals("random");
            case "java/util/UUID" -> name.equals("randomUUID");
            case "java/util/Random", "java/util/SplittableRandom" -> isMadeOfNothing(call);
            case "java/util/concurrent/ThreadLocalRandom" -> name.equals("current");
            case "java/security/SecureRandom" ->
                    call.isConstructor() || name.startsWith("getInstance");
            case "java/util/random/RandomGenerator" ->
                    name.equals("getDefault") || name.equals("of");
            case "java/util/random/RandomGeneratorFactory" ->
                    name.equals("create") && call.descriptor().startsWith("()");
            case "java/util/Collections" ->
                    name.equals("shuffle") && call.descriptor().equals("(Ljava/util/List;)V");
            default -> false;
        };
    }

    private static boolean isMadeOfNothing(MethodName call) {
        return call.isConstructor() && call.descriptor().equals("()V");
    }
}
