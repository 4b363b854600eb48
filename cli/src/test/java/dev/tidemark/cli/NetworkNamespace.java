package dev.tidemark.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own, tied to this system's by one virtual cable. Where it is cut, whoever is
 * behind it goes on sending, and the packets of both directions are lost on the way: they are
 * addressed to a network card that there is not. Nothing that was there before is touched, and all
 * of it is gone with this process, however that ends.
 */
final class NetworkNamespace implements Line {
    private static final String NOBODY = "02:00:00:00:00:fe";

    /** A range that is set aside for trying out networks. */
    private static final String RANGE = "198.18.";

    private static final int NETWORKS_PER_BYTE = 64;
    private static final int ADDRESSES_PER_NETWORK = 4;

    private final int port;
    private final String name;
    private final String near;
    private final String far;

    /** The two ends of the cable; those of another process are others. */
    private final String outside;

    private final String inside;

    /** Ends what runs there, and takes the network away, when the pipe to it closes. */
    private final Process watchdog;

    private NetworkNamespace(int port) throws IOException {
        long process = ProcessHandle.current().pid();
        this.port = port;
        name = "tidemark-" + process;
        near = "tm" + process + "n";
        far = "tm" + process + "f";
        long third = process / NETWORKS_PER_BYTE % (1 << Byte.SIZE);
        long fourth = process % NETWORKS_PER_BYTE * ADDRESSES_PER_NETWORK;
        outside = RANGE + third + "." + (fourth + 1);
        inside = RANGE + third + "." + (fourth + 2);
        watchdog =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "cat; ip netns pids \"$0\" | xargs -r kill -9; ip netns del \"$0\"",
                                name)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    /**
     * Where this process may not make one, the test is skipped, and says so.
     *
     * @param port where the database will listen at the {@link #outside} of the cable
     */
    static NetworkNamespace before(int port) throws IOException {
        NetworkNamespace made = new NetworkNamespace(port);
        try {
            made.make();
        } catch (IOException e) {
            made.close();
            Assumptions.abort("no network namespace could be made: " + e.getMessage());
        }
        return made;
    }

    private void make() throws IOException {
        ip("netns", "add", name);
        ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name);
        ip("addr", "add", outside + "/30", "dev", near);
        ip("link", "set", near, "up");
        ip("-n", name, "addr", "add", inside + "/30", "dev", far);
        ip("-n", name, "link", "set", far, "up");
        ip("-n", name, "link", "set", "lo", "up");
    }

    /** This system's end of the cable. */
    String outside() {
        return outside;
    }

    /** The other end, as who is there is seen from here. */
    String inside() {
        return inside;
    }

    @Override
    public String database() {
        return outside + ":" + port;
    }

    @Override
    public List<String> launcher() {
        return List.of("ip", "netns", "exec", name);
    }

    @Override
    public void cut() throws IOException {
        ip("-n", name, "neigh", "replace", outside, "lladdr", NOBODY, "dev", far, "nud", "perm");
        ip("neigh", "replace", inside, "lladdr", NOBODY, "dev", near, "nud", "perm");
    }

    @Override
    public void mend() throws IOException {
        ip("-n", name, "neigh", "del", outside, "dev", far);
        ip("neigh", "del", inside, "dev", near);
    }

    private static void ip(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("ip");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", builder.command()) + ": " + said.strip());
        }
    }

    @Override
    public void close() throws IOException {
        watchdog.getOutputStream().close();
        watchdog.onExit().join();
    }
}
