package dev.tidemark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line to a server on loopback that can be cut: nothing gets through any more, in either
 * direction, and neither side is told, as when a cable is pulled.
 */
final class CuttableProxy implements Line {
    private final ServerSocket listening =
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut;

    CuttableProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    @Override
    public String database() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public List<String> launcher() {
        return List.of();
    }

    @Override
    public void cut() {
        set(true);
    }

    @Override
    public void mend() {
        set(false);
    }

    private void set(boolean to) {
        lock.lock();
        try {
            cut = to;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listening.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket near) {
        try {
            awaitLine();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(far);
            Thread.ofVirtual().start(() -> pass(near, far));
            pass(far, near);
        } catch (IOException | InterruptedException _) {
            close(near);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitLine();
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException | InterruptedException _) {
            // One side has gone.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitLine() throws InterruptedException, SocketException {
        lock.lock();
        try {
            while (cut) {
                mended.await();
            }
        } finally {
            lock.unlock();
        }
        if (listening.isClosed()) {
            throw new SocketException("closed");
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        mend();
        open.forEach(CuttableProxy::close);
    }
}
