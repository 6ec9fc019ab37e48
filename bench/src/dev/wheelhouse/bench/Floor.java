package dev.wheelhouse.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/// The control: the same workload with nothing around it. A POST, four commits of one statement each, and the events
/// as server-sent events in the answer; no keys, no tenants, no fence, no log to read again, no framework.
final class Floor {

    private static final String BEGIN = """
            WITH run AS (INSERT INTO runs (id, state, seq) VALUES (?, 'running', 1))
            INSERT INTO events (run, seq, data) VALUES (?, 1, ?)""";
    private static final String STEP = """
            WITH run AS (UPDATE runs SET seq = ?, state = ? WHERE id = ? RETURNING id)
            INSERT INTO events (run, seq, data) SELECT id, ?, ? FROM run""";
    private static final String PAYLOAD =
            "{\"ms\":1,\"use\":[250,0,20,0],\"kind\":\"model\",\"name\":\"default\",\"output\":{\"text\":\"%s\"}}"
                    .formatted("x".repeat(160));

    private final HikariDataSource pool = new HikariDataSource();

    private Floor(String url) throws SQLException {
        var parts = url.split("[:/@]+");
        pool.setJdbcUrl("jdbc:postgresql://%s:%s/%s?prepareThreshold=1".formatted(parts[3], parts[4], parts[5]));
        pool.setUsername(parts[1]);
        pool.setPassword(parts[2]);
        pool.setMaximumPoolSize(8);
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS runs (id uuid PRIMARY KEY, state text, seq int) WITH (fillfactor = 50)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS events (run uuid, seq int, at timestamptz DEFAULT now(), data text, PRIMARY KEY (run, seq))");
        }
    }

    public static void main(String[] arguments) throws Exception {
        var floor = new Floor(arguments[1]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(), new HttpObjectAggregator(65_536), floor.new Answering());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext client, FullHttpRequest request) {
            var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers().set("Transfer-Encoding", "chunked").set("Content-Type", "text/event-stream");
            client.writeAndFlush(response);
            if (request.uri().equals("/ready")) {
                client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            int millis = request.uri().startsWith("/slow") ? 20 : 0;
            Thread.ofVirtual().start(() -> run(client, millis));
        }
    }

    private void run(ChannelHandlerContext client, int millis) {
        var id = new UUID(System.currentTimeMillis() << 16 | 0x7000, System.nanoTime());
        try {
            tell(client, 1, write(BEGIN, id, id, PAYLOAD));
            Thread.sleep(millis);
            tell(client, 2, write(STEP, 2, "running", id, 2, PAYLOAD));
            tell(client, 3, write(STEP, 3, "running", id, 3, PAYLOAD));
            Thread.sleep(millis);
            tell(client, 4, write(STEP, 4, "succeeded", id, 4, PAYLOAD));
            client.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        } catch (SQLException | InterruptedException e) {
            client.close();
            throw new IllegalStateException(e);
        }
    }

    private String write(String sql, Object... arguments) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < arguments.length; at++) {
                statement.setObject(at + 1, arguments[at]);
            }
            statement.execute();
            return PAYLOAD;
        }
    }

    private static void tell(ChannelHandlerContext client, int seq, String data) {
        String event = (seq == 4 ? "event: run.succeeded\n" : "") + "id: " + seq + "\ndata: " + data + "\n\n";
        client.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(event.getBytes(StandardCharsets.UTF_8))));
    }
}
