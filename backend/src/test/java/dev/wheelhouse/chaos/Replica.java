package dev.wheelhouse.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process of the built distribution, with the harness' tools on its class path. It keeps its port and its log over
/// restarts.
final class Replica {

    private final int number;
    private final String host;
    private final int port;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Processes processes;
    private final Path log;
    private @Nullable Process process;

    Replica(
            int number,
            String host,
            int port,
            List<String> command,
            Map<String, String> environment,
            Processes processes,
            Path log) {
        this.number = number;
        this.host = host;
        this.port = port;
        this.command = command;
        this.environment = environment;
        this.processes = processes;
        this.log = log;
    }

    /// Starts the process where it does not run. Does not wait until it is ready.
    synchronized Replica start() {
        if (!isAlive()) {
            process = processes.start(command, environment, log);
        }
        return this;
    }

    /// SIGKILL, and gone when this returns.
    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    void freeze() {
        Processes.signal(pid(), "STOP");
    }

    void thaw() {
        Processes.signal(pid(), "CONT");
    }

    /// Asks it to stop; [#awaitEnd] tells when it did.
    void term() {
        Processes.signal(pid(), "TERM");
    }

    /// Its exit code.
    int awaitEnd(Duration most) throws InterruptedException {
        if (!running().waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("replica-%d does not end within %s".formatted(number, most));
        }
        return running().exitValue();
    }

    Replica awaitReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (status("/ready") != 200) {
            if (!isAlive()) {
                throw new IllegalStateException("replica-%d has ended by itself: see %s".formatted(number, log));
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("replica-%d is not ready after 120 s: see %s".formatted(number, log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /// The status of a GET without credentials; 0 where nobody answers within 2 s.
    int status(String path) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 2_000);
            socket.setSoTimeout(2_000);
            var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var words = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).split(" ");
            return words.length > 1 ? Integer.parseInt(words[1]) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return running().pid();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("replica-%d was never started".formatted(number));
        }
        return process;
    }

    int number() {
        return number;
    }

    int port() {
        return port;
    }

    Path log() {
        return log;
    }

    /// `http://127.0.0.1:20000`
    String url() {
        return "http://%s:%d".formatted(host, port);
    }
}
