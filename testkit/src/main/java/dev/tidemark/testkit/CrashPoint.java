package dev.tidemark.testkit;

import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.TidemarkException;
import java.util.Locale;

/**
 * A point in a run at which its process dies.
 *
 * @param task the task's label
 * @param step the step that is just durable
 * @param asset the asset whose step it is; empty for steps of the task itself
 */
public record CrashPoint(String task, ProtocolStep step, String asset) {
    /** As one word, for a command line: {@code curate:published:warehouse/delays_by_route}. */
    @Override
    public String toString() {
        return task + ":" + step.name().toLowerCase(Locale.ROOT) + ":" + asset;
    }

    /** What people read: {@code published warehouse/delays_by_route}. */
    public String label() {
        String name = step.name().toLowerCase(Locale.ROOT);
        return asset.isEmpty() ? name : name + " " + asset;
    }

    /** The point that {@link #toString} wrote. */
    public static CrashPoint parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST, "'" + text + "' is not task:step:asset");
        }
        return new CrashPoint(
                parts[0], ProtocolStep.valueOf(parts[1].toUpperCase(Locale.ROOT)), parts[2]);
    }
}
