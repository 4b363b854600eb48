package dev.tidemark.cli;

import dev.tidemark.core.RunRequest;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The range of dates that options of a command line say. */
final class Ranges {
    private Ranges() {}

    static Optional<RunRequest.Range> of(
            @Nullable CommandSpec spec,
            @Nullable LocalDate date,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        if (date != null && (from != null || to != null)) {
            throw RunCommand.misuse(spec, "give either --date, or --from and --to");
        }
        if (date != null) {
            return Optional.of(new RunRequest.Range(date, date));
        }
        if (from == null && to == null) {
            return Optional.empty();
        }
        if (from == null || to == null) {
            throw RunCommand.misuse(spec, "--from and --to go together; both are included");
        }
        return Optional.of(new RunRequest.Range(from, to));
    }
}
