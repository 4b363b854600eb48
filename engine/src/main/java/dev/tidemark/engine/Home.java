package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that holds all state of a local Tidemark: the store, the logs, the data of relative
 * targets, and compiled pipelines. Deleting it forgets everything.
 *
 * @param root the folder, as an absolute path
 */
public record Home(Path root) {
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The folder, made where it is missing. */
    public static Home at(Path root) {
        Home home = new Home(root);
        try {
            Files.createDirectories(home.root());
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.STORE_FAILED,
                    "cannot make the home folder " + home.root() + ": " + e.getMessage(),
                    e);
        }
        return home;
    }

    /** The store of a home that is one file. */
    public Path storeFile() {
        return root.resolve("tidemark.db");
    }

    public Path lockFile() {
        return root.resolve("lock");
    }

    /** Where relative targets write. */
    public Path data() {
        return root.resolve("data");
    }

    /** Compiled pipeline sources, by content. */
    public Path compiled() {
        return root.resolve("compiled");
    }

    /**
     * The log of one attempt.
     *
     * @param task the task's label: {@code train}, or {@code train[3]}
     */
    public Path log(String pipeline, String run, String task, int attempt) {
        return root.resolve("logs")
                .resolve(pipeline)
                .resolve(run)
                .resolve(task + "." + attempt + ".log");
    }
}
