package dev.wheelhouse.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Stands between a replica and its Postgres and lets things go wrong: a share of the statements meets one of [Fault],
/// a share of new connections is reset, or everything falls silent without a word.
///
/// It reads the messages of the protocol just far enough to know where a request ends (Sync or a simple query) and
/// where its answer does (ReadyForQuery). Inside a transaction it keeps its hands off: what it answers in Postgres'
/// name must be something that Postgres could have said.
public final class FaultProxy implements AutoCloseable {

    /// What a statement may meet. *Before*: Postgres never heard of it; *after*: it was done, and nobody is told.
    public enum Fault {
        SERIALIZATION("ERROR", "40001", "could not serialize access due to concurrent update"),
        DEADLOCK("ERROR", "40P01", "deadlock detected"),
        SHUTDOWN_BEFORE("FATAL", "57P01", "terminating connection due to administrator command"),
        SHUTDOWN_AFTER("FATAL", "57P01", "terminating connection due to administrator command"),
        RESET_BEFORE("", "", ""),
        RESET_AFTER("", "", ""),
        RESET_AT_CONNECT("", "", "");

        private final String severity;
        private final String state;
        private final String message;

        Fault(String severity, String state, String message) {
            this.severity = severity;
            this.state = state;
            this.message = message;
        }

        boolean isReset() {
            return severity.isEmpty();
        }

        boolean endsConnection() {
            return !severity.equals("ERROR");
        }

        boolean isAfter() {
            return this == SHUTDOWN_AFTER || this == RESET_AFTER;
        }
    }

    private static final Fault[] OF_STATEMENTS = {
        Fault.SERIALIZATION,
        Fault.DEADLOCK,
        Fault.SHUTDOWN_BEFORE,
        Fault.SHUTDOWN_AFTER,
        Fault.RESET_BEFORE,
        Fault.RESET_AFTER
    };
    private static final int SSL_REQUEST = 80877103;

    private final ServerSocket door;
    private final int postgres;
    private final Random random;
    private final Set<Passage> open = ConcurrentHashMap.newKeySet();
    private final Map<Fault, AtomicLong> met = new EnumMap<>(Fault.class);
    private final AtomicLong statements = new AtomicLong();
    private final Map<String, AtomicLong> trips = new ConcurrentHashMap<>();
    private volatile double share;
    private volatile boolean silent;

    /// @param postgres the port of the real one, on loopback
    public FaultProxy(int postgres, long seed) {
        this.postgres = postgres;
        random = new Random(seed);
        for (var fault : Fault.values()) {
            met.put(fault, new AtomicLong());
        }
        try {
            door = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// The same address with this port.
    public String before(String url) {
        return url.replaceFirst(":\\d+/", ":" + port() + "/");
    }

    /// This share of statements and of new connections meets a fault from now on.
    public void fail(double share) {
        this.share = share;
    }

    /// Nothing passes any more, in neither direction, and nobody is told.
    public void fallSilent() {
        silent = true;
    }

    /// What was held back passes, as TCP would deliver it again.
    public void speak() {
        synchronized (door) {
            silent = false;
            door.notifyAll();
        }
    }

    public long met(Fault fault) {
        return met.get(fault).get();
    }

    /// Statements that came, whatever they met.
    public long statements() {
        return statements.get();
    }

    /// How often this role waited for an answer.
    ///
    /// @param role the end of its name
    public long trips(String role) {
        return trips.entrySet().stream()
                .filter(one -> one.getKey().endsWith(role))
                .mapToLong(one -> one.getValue().get())
                .sum();
    }

    private synchronized boolean strikes() {
        return random.nextDouble() < share;
    }

    private synchronized Fault draw() {
        return OF_STATEMENTS[random.nextInt(OF_STATEMENTS.length)];
    }

    private void count(Fault fault) {
        met.get(fault).incrementAndGet();
    }

    private void passWhileSpeaking() throws IOException {
        synchronized (door) {
            while (silent) {
                try {
                    door.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                if (strikes()) {
                    count(Fault.RESET_AT_CONNECT);
                    reset(client);
                } else {
                    Thread.ofVirtual().start(() -> open(client));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void open(Socket client) {
        try {
            passWhileSpeaking();
            var server = new Socket();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres), 5_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var passage = new Passage(client, server);
            open.add(passage);
            Thread.ofVirtual().start(passage::answers);
            passage.requests();
        } catch (IOException e) {
            reset(client);
        }
    }

    private static void reset(Socket socket) {
        try {
            // Without lingering a close is a RST.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private final class Passage {

        private final Socket client;
        private final Socket server;
        private final OutputStream toClient;
        private volatile @Nullable Fault swallowing;
        private volatile boolean isIdle;
        private volatile boolean hasStarted;
        private AtomicLong ofRole = new AtomicLong();

        Passage(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            toClient = client.getOutputStream();
        }

        /// From the replica to Postgres: whole requests, up to their Sync.
        void requests() {
            try {
                var in = new DataInputStream(client.getInputStream());
                var out = server.getOutputStream();
                greet(in, out);
                var request = new ByteArrayOutputStream();
                while (true) {
                    int type = in.readUnsignedByte();
                    readRest(in, type, request);
                    if (type == 'S' || type == 'Q' || type == 'X' || type == 'p') {
                        passWhileSpeaking();
                        send(type, request, out);
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        /// The first messages carry no type; those that ask for encryption are answered by a single byte.
        private void greet(DataInputStream in, OutputStream out) throws IOException {
            while (!hasStarted) {
                int length = in.readInt();
                byte[] rest = in.readNBytes(length - 4);
                int code = ByteBuffer.wrap(rest).getInt();
                passWhileSpeaking();
                hasStarted = code != SSL_REQUEST;
                if (hasStarted) {
                    ofRole = trips.computeIfAbsent(user(rest), _ -> new AtomicLong());
                }
                out.write(ByteBuffer.allocate(length).putInt(length).put(rest).array());
                out.flush();
            }
        }

        /// The first message names settings and their values after its version, each ended by a zero.
        private static String user(byte[] greeting) {
            String[] words = new String(greeting, 4, greeting.length - 4, StandardCharsets.UTF_8).split("\0");
            for (int at = 0; at + 1 < words.length; at += 2) {
                if (words[at].equals("user")) {
                    return words[at + 1];
                }
            }
            return "";
        }

        private static void readRest(DataInputStream in, int type, ByteArrayOutputStream into) throws IOException {
            int length = in.readInt();
            into.write(type);
            into.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
            into.writeBytes(in.readNBytes(length - 4));
        }

        private void send(int type, ByteArrayOutputStream request, OutputStream out) throws IOException {
            // BEGIN travels with the statement after it, as a request of its own.
            if (type == 'S') {
                ofRole.incrementAndGet();
            }
            boolean isStatement = isIdle && (type == 'S' || type == 'Q');
            if (isStatement) {
                statements.incrementAndGet();
            }
            if (isStatement && strikes()) {
                var fault = draw();
                count(fault);
                if (!fault.isAfter()) {
                    request.reset();
                    end(fault);
                    return;
                }
                swallowing = fault;
            }
            isIdle = isIdle && type != 'S' && type != 'Q';
            out.write(request.toByteArray());
            out.flush();
            request.reset();
        }

        /// From Postgres to the replica.
        void answers() {
            try {
                var in = new DataInputStream(server.getInputStream());
                while (true) {
                    int type = in.readUnsignedByte();
                    passWhileSpeaking();
                    if (!hasStarted) {
                        write(new byte[] {(byte) type});
                        continue;
                    }
                    var message = new ByteArrayOutputStream();
                    readRest(in, type, message);
                    var fault = swallowing;
                    if (fault == null) {
                        write(message.toByteArray());
                    } else if (type == 'Z') {
                        end(fault);
                    }
                    if (type == 'Z') {
                        isIdle = message.toByteArray()[5] == 'I';
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        private void end(Fault fault) throws IOException {
            if (!fault.isReset()) {
                write(error(fault));
            }
            if (!fault.endsConnection()) {
                write(new byte[] {'Z', 0, 0, 0, 5, 'I'});
                return;
            }
            if (fault.isReset()) {
                reset(client);
            }
            close();
        }

        private synchronized void write(byte[] bytes) throws IOException {
            toClient.write(bytes);
            toClient.flush();
        }

        private static byte[] error(Fault fault) {
            byte[] fields = "S%1$s\0V%1$s\0C%2$s\0M%3$s\0\0"
                    .formatted(fault.severity, fault.state, fault.message)
                    .getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(5 + fields.length)
                    .put((byte) 'E')
                    .putInt(4 + fields.length)
                    .put(fields)
                    .array();
        }

        void close() {
            open.remove(this);
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        }
    }

    @Override
    public void close() {
        speak();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Passage::close);
    }
}
