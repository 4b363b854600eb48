package dev.tidemark;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Time zones by the names that people write. */
final class Zones {
    private Zones() {}

    static ZoneId named(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "unknown time zone '"
                            + name
                            + "'; "
                            + meant(name)
                                    .map(zone -> "did you mean " + zone + "?")
                                    .orElse("write it as Europe/Zurich or UTC"),
                    e);
        }
    }

    /** The zone of that name or city in other capitals, with a blank for an underscore. */
    private static Optional<String> meant(String name) {
        String written = name.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        return ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .filter(
                        zone -> {
                            String id = zone.toLowerCase(Locale.ROOT);
                            return id.equals(written) || id.endsWith("/" + written);
                        })
                .findFirst();
    }
}
