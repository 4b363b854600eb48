package dev.tidemark;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.OptionalInt;

/** What an attempt knows of itself, and its doors to data. */
public interface TaskContext {
    /** The pipeline's name. */
    String pipeline();

    /** The run's text id, such as {@code scheduled__2001-02-03T05:00:00Z}. */
    String run();

    /** The task's name. */
    String task();

    /** Which attempt of the task this is, from 1. */
    int attempt();

    /** Which element of the list a mapped task is for, from 0; empty for other tasks. */
    OptionalInt element();

    /** The time this run covers. Scope every read and write by it, never by the wall clock. */
    Interval interval();

    /** The piece of each asset that this run owns. */
    Partition partition();

    /** The local date on which the interval starts, in the schedule's zone. */
    LocalDate date();

    /** The value of a parameter in this run. */
    <T> T parameter(Parameter<T> parameter);

    /** Opens what a source has for this run's partition, and records what was consumed. */
    <R> R from(Source<R> source);

    /** A writer that publishes into a target for this run's partition. */
    <W> W into(Target<W> target);

    /** A path beside the pipeline's file, for reading. */
    Path sourcePath(String path);

    /** A path in the home's {@code data} folder, for tasks that write by themselves. */
    Path dataPath(String path);

    /** Writes a line to the attempt's log; formatted as by {@link String#format}. */
    void log(String format, Object... arguments);
}
