package dev.tidemark;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sources and targets know of the attempt that uses them: who reads or writes, which piece,
 * with which right, and where the evidence goes. Implemented where attempts run.
 */
public interface Boundary {
    /** Who is writing; part of every manifest. */
    Writer writer();

    /** The right to publish. */
    FencingToken token();

    /**
     * Whether a partition that another issuer holds may be taken over. A person says so on purpose,
     * for instance after the home was lost.
     */
    boolean adopts();

    /** The piece that this attempt owns. */
    Partition partition();

    /** The piece before it, where the schedule has one; for comparing with yesterday. */
    Optional<Partition> previousPartition();

    /** The run's parameters as text, secrets masked. */
    Map<String, String> parameters();

    /** A path of the source system: relative ones lie beside the pipeline's file. */
    Path sourcePath(String path);

    /** A path that Tidemark writes: relative ones lie in the home's {@code data} folder. */
    Path dataPath(String path);

    /**
     * Whether this is an experiment in a home of its own: nothing that others read may be written.
     */
    boolean isExperiment();

    /** The time, for evidence only. Data is scoped by the partition. */
    Instant now();

    /** Tells that something was read to its end. */
    void consumed(Consumption consumption);

    /** Everything this attempt has consumed so far. */
    List<Consumption> consumptions();

    /** Tells that a version is visible in its target. */
    void published(Evidence evidence);

    /** Tells that a protocol step is durable. Proofs of crash safety stop the process here. */
    void reached(ProtocolStep step, Asset asset);

    /**
     * Who is writing.
     *
     * @param pipeline the pipeline's name
     * @param version the version of its code, a content hash
     * @param run the run's text id
     * @param task the task's name, with the index of its element where it is mapped: {@code
     *     train[3]}
     * @param attempt counts from 1
     */
    record Writer(String pipeline, String version, String run, String task, int attempt) {}
}
