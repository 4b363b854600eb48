package dev.tidemark.core;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every zone that the JDK knows, and when its clocks change, from 1970 to 2060. */
final class Zones {
    private static final Instant BEGIN = Instant.parse("1970-01-04T00:00:00Z");
    private static final Instant END = Instant.parse("2060-12-28T00:00:00Z");

    private static final List<ZoneId> ALL = distinct();

    private Zones() {}

    /** Zones whose clocks change alike in these years are one. */
    static List<ZoneId> all() {
        return ALL;
    }

    private static List<ZoneId> distinct() {
        Set<Object> seen = new HashSet<>();
        return ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .filter(zone -> seen.add(clocks(zone)))
                .toList();
    }

    private static Object clocks(ZoneId zone) {
        return List.of(zone.getRules().getOffset(BEGIN), changes(zone));
    }

    static List<ZoneOffsetTransition> changes(ZoneId zone) {
        return Stream.iterate(
                        zone.getRules().nextTransition(BEGIN),
                        change -> change != null && change.getInstant().isBefore(END),
                        change -> zone.getRules().nextTransition(change.getInstant()))
                .toList();
    }
}
