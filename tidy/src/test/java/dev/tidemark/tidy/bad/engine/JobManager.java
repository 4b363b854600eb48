package dev.tidemark.tidy.bad.engine;

import picocli.CommandLine.Command;

/** Names that say nothing, and an option where none belongs. */
@Command
public final class JobManager {
    private JobManager() {}

    interface QueueHelper {}

    abstract static class AbstractJob {}

    static final class JobImpl extends AbstractJob {}
}
