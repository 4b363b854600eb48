package dev.tidemark.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How many times a second the disk takes 4 KiB over what is there, and syncs them. A figure that
 * hangs on the disk means nothing without it: the same disk may be thirty times slower at night.
 *
 * @param before the rate before the bench
 * @param after the rate after it
 */
record Probe(double before, double after) {
    /** A disk that syncs fewer times a second says more of itself than of what writes to it. */
    static final double LEAST_PER_SECOND = 3_000;

    /** Nor does one that is this many times faster before than after, or the other way round. */
    static final double MOST_SWING = 3;

    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 64;
    private static final int SYNCS = 2_000;

    /** Whether what was measured between the two counts. */
    boolean isGood() {
        double least = Math.min(before, after);
        return least >= LEAST_PER_SECOND && Math.max(before, after) <= least * MOST_SWING;
    }

    /** Syncs a second, in a file of its own in the folder. */
    static double measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "probe", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                write(channel, block, i);
            }
            channel.force(true);
            long start = System.nanoTime();
            for (int i = 0; i < SYNCS; i++) {
                write(channel, block, i % BLOCKS);
                channel.force(false);
            }
            return SYNCS / Nanos.seconds(System.nanoTime() - start);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block, int place) throws IOException {
        block.clear();
        while (block.hasRemaining()) {
            channel.write(block, (long) place * BLOCK_BYTES + block.position());
        }
    }
}
