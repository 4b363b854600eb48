package dev.tidemark.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * How likely each fault is, each time it could happen. Each seed leaves out some kinds altogether:
 * what one fault hides, another seed shows.
 */
final class Rates {
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);

    Rates(Dice dice) {
        boolean calm = dice.chance(0.1);
        for (Fault fault : Fault.values()) {
            if (!calm && dice.chance(0.6)) {
                rates.put(fault, usual(fault) * dice.any(0.3, 1.0, 3.0));
            }
        }
    }

    private static double usual(Fault fault) {
        return switch (fault) {
            case CRASH_BEFORE_CALL, CRASH_AFTER_CALL -> 0.004;
            case CRASH_WITH_ATTEMPT -> 0.01;
            case REPLY_LOST -> 0.02;
            case STORE_DOWN -> 0.003;
            case STORE_SLOW -> 0.02;
            case DISK_FULL -> 0.01;
            case LONG_PAUSE -> 0.01;
            case ENGINE_CLOCK_STEP -> 0.004;
            case STORE_CLOCK_STEP -> 0.002;
            case ATTEMPT_HANGS -> 0.04;
            case REPORT_LATE, REPORT_TWICE -> 0.1;
            case REPORT_LOST -> 0.03;
            case REPORT_AFTER_STOP -> 0.5;
            case POSTED_TWICE -> 0.3;
            case POST_FAILED -> 0.2;
            case ENGINE_RETIRED -> 0.002;
            case NEW_VERSION -> 0.03;
            case CANCEL_NEAR_END, ASKED_AGAIN_NEAR_END -> 0.04;
        };
    }

    double of(Fault fault) {
        return rates.getOrDefault(fault, 0.0);
    }
}
