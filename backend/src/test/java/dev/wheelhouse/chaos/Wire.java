package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/// The way from a replica to Postgres. It can hold what the replica sends and deliver it later, as a network does with
/// packets that it did not lose: a statement then arrives long after it was sent.
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final int to;
    private volatile CountDownLatch held = new CountDownLatch(0);

    Wire(int to) {
        this.to = to;
        try {
            door = new ServerSocket(World.freePort(), 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var here = door.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), to);
                here.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> carry(here, there, true));
                Thread.ofVirtual().start(() -> carry(there, here, false));
            } catch (IOException e) {
                // The world ends, or Postgres is away: the replica tries again.
            }
        }
    }

    private void carry(Socket from, Socket onto, boolean holds) {
        try (from;
                onto) {
            InputStream in = from.getInputStream();
            OutputStream out = onto.getOutputStream();
            byte[] some = new byte[65_536];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                if (holds) {
                    held.await();
                }
                out.write(some, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // One end is gone, so both are.
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /// From now on nothing that the replica sends arrives.
    void hold() {
        held = new CountDownLatch(1);
    }

    /// What was held arrives, in order.
    void deliver() {
        held.countDown();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
