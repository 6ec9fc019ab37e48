package dev.wheelhouse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Debian's nginx in front of the replicas, set up as one would in production: streams unbuffered, connections kept,
/// and a request that did not reach its replica goes to the next. It asks nobody whether he is ready: a replica that
/// leaves has to manage without.
final class Nginx {

    private static final String CONFIG = """
            daemon off;
            # One process, so that whoever ends it ends all of it.
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/nginx-error.log info;
            events { worker_connections 2048; }
            http {
              access_log %1$s/nginx-access.log;
              client_body_temp_path %1$s/nginx-body;
              proxy_temp_path %1$s/nginx-proxy;
              fastcgi_temp_path %1$s/nginx-fastcgi;
              uwsgi_temp_path %1$s/nginx-uwsgi;
              scgi_temp_path %1$s/nginx-scgi;
              # A request that nginx sends again, to another replica, carries the same key and so starts one run.
              map $http_idempotency_key $idempotency_key {
                default $http_idempotency_key;
                "" $request_id;
              }
              upstream wheelhouse {
                # A replica that is gone refuses at once, so nobody has to be remembered as failed.
            %3$s
                keepalive 32;
                # Shorter than http.leaving: a connection that nobody uses is closed by us, not under us.
                keepalive_timeout 2s;
              }
              server {
                listen 127.0.0.1:%2$d;
                location / {
                  proxy_pass http://wheelhouse;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $host;
                  proxy_buffering off;
                  proxy_connect_timeout 2s;
                  proxy_read_timeout 65s;
                  proxy_set_header Idempotency-Key $idempotency_key;
                  proxy_next_upstream error timeout non_idempotent;
                  proxy_next_upstream_tries 3;
                }
              }
            }
            """;

    private final int port = World.freePort();
    private final Path folder;

    Nginx(World world, List<Replica> replicas) throws InterruptedException {
        Missing.unlessProgram("nginx", "apt-get install nginx-light");
        folder = world.folder();
        var upstreams = new StringBuilder();
        for (var replica : replicas) {
            upstreams.append("    server 127.0.0.1:%d max_fails=0;\n".formatted(replica.port()));
        }
        var config = folder.resolve("nginx.conf");
        try {
            Files.writeString(config, CONFIG.formatted(folder, port, upstreams));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.processes()
                .start(
                        List.of("nginx", "-p", folder.toString(), "-c", config.toString()),
                        Map.of(),
                        folder.resolve("nginx.log"));
        if (!World.await(Duration.ofSeconds(10), this::answers)) {
            throw new IllegalStateException("nginx does not start: see " + folder.resolve("nginx.log"));
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// How often a request went on to another replica because the first did not take it.
    long passedOn() {
        try (var lines = Files.lines(folder.resolve("nginx-error.log"))) {
            return lines.filter(line -> line.contains("while connecting to upstream"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
