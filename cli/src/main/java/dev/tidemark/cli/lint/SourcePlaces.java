package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Spot;
import dev.tidemark.cli.inspect.CodeReach;
import dev.tidemark.cli.load.LoadedPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the sources of a pipeline lie, as the user would write it. */
final class SourcePlaces {
    private final LoadedPipeline.Code code;
    private final CodeReach reach;

    SourcePlaces(LoadedPipeline.Code code, CodeReach reach) {
        this.code = code;
        this.reach = reach;
    }

    /** The place of a piece of code. */
    SourcePlace of(Spot spot) {
        return new SourcePlace(file(spot.owner(), reach.sourceFileOf(spot.owner())), spot.line());
    }

    /** A place as declarations keep it, such as {@code Flights.java:31}. */
    SourcePlace of(String place) {
        int colon = place.lastIndexOf(':');
        String owner = code.source().replace('.', '/');
        return colon < 0
                ? new SourcePlace(place, 0)
                : new SourcePlace(
                        file(owner, place.substring(0, colon)),
                        Integer.parseInt(place.substring(colon + 1)));
    }

    private String file(String owner, String name) {
        String inPackage = owner.substring(0, owner.lastIndexOf('/') + 1) + name;
        return code.root()
                .flatMap(root -> existing(root.resolve(inPackage), root.resolve(name)))
                .orElse(inPackage);
    }

    private static Optional<String> existing(Path... files) {
        Path here = Path.of("").toAbsolutePath();
        for (Path file : files) {
            if (Files.exists(file)) {
                return Optional.of(
                        (file.startsWith(here) ? here.relativize(file) : file).toString());
            }
        }
        return Optional.empty();
    }
}
