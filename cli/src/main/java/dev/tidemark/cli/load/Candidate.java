package dev.tidemark.cli.load;

import java.util.ArrayList;
import java.util.List;

/**
 * A concrete class that implements {@link dev.tidemark.PipelineSource}.
 *
 * @param source the name of the source it was compiled from; empty in a jar
 */
record Candidate(String className, String source, Standing standing) {
    /** How it stands among the others. */
    enum Standing {
        /** Named by the jar's manifest. */
        MAIN,
        /** One that may be chosen. */
        PUBLIC,
        /** Not public, so it cannot be made. */
        HIDDEN
    }

    boolean makeable() {
        return standing != Standing.HIDDEN;
    }

    /** The candidates with that class as the main one, whether it was found or not. */
    static List<Candidate> withMain(String className, List<Candidate> found) {
        List<Candidate> all = new ArrayList<>(found);
        all.removeIf(each -> each.className().equals(className));
        all.addFirst(new Candidate(className, "", Standing.MAIN));
        return all;
    }
}
