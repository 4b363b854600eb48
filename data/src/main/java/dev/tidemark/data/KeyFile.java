package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs of keys in one temporary file, which vanishes with the process. Belongs to one
 * thread.
 */
final class KeyFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String asker;
    private final long mostBytes;
    private @Nullable FileChannel channel;

    KeyFile(String asker, long mostBytes) {
        this.asker = asker;
        this.mostBytes = mostBytes;
    }

    /** A part of the file, from its first byte to the one after its last. */
    record Run(long start, long end) {}

    /**
     * @throws TidemarkException {@link ErrorCode#CHECK_FAILED} where there is no room for them
     */
    Run write(List<KeyCounts.Counted> sorted) throws IOException {
        FileChannel open = open();
        long start = open.size();
        DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Channels.newOutputStream(open.position(start)), BUFFER_BYTES));
        for (KeyCounts.Counted counted : sorted) {
            out.writeInt(counted.key().size());
            out.write(counted.key().bytes());
            out.writeLong(counted.count());
        }
        out.flush();
        if (open.size() > mostBytes) {
            throw new TidemarkException(
                    ErrorCode.CHECK_FAILED,
                    ("%s: its keys take more than %d MiB, so it was not decided. Nothing is"
                                    + " published; check a smaller key, or let a database do it")
                            .formatted(asker, mostBytes >> 20));
        }
        return new Run(start, open.size());
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Path file = Files.createTempFile("tidemark-keys-", ".tmp");
            open =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            channel = open;
        }
        return open;
    }

    Iterator<KeyCounts.Counted> read(Run run) {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("nothing was written");
        }
        return new Iterator<>() {
            private final Part part = new Part(open, run);
            private final DataInputStream in =
                    new DataInputStream(new BufferedInputStream(part, BUFFER_BYTES));
            private long left = run.end() - run.start();

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public KeyCounts.Counted next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                try {
                    byte[] key = new byte[in.readInt()];
                    in.readFully(key);
                    left -= Integer.BYTES + key.length + Long.BYTES;
                    return new KeyCounts.Counted(new Key(key), in.readLong());
                } catch (IOException e) {
                    throw Durable.failed("reading the keys of " + asker, e);
                }
            }
        };
    }

    /** One run as a stream; several are read at once, so each knows its own place. */
    private static final class Part extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        private Part(FileChannel channel, Run run) {
            this.channel = channel;
            this.position = run.start();
            this.end = run.end();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int most = (int) Math.min(length, end - position);
            if (most <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, offset, most), position);
            position += Math.max(read, 0);
            return read;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
