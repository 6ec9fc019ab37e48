package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.http.simple.SimpleHttpRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {

    @Test
    void replica_without_postgres_says_what_is_missing() {
        try (var context = context("postgresql://nobody:x@127.0.0.1:1/nothing")) {
            var answer = context.getBean(Readiness.class).answer();

            assertThat(answer.isReady()).isFalse();
            assertThat(Json.read(answer.json()).at("/checks/0/ok").asBoolean()).isFalse();
            assertThat(Json.read(answer.json()).at("/checks/0/message").asText())
                    .isNotBlank();
        }
    }

    @Test
    void replica_whose_definitions_have_mistakes_says_so_and_takes_no_requests(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("helper.yaml"), "name: helper\ninstruction: Help.\n");
        try (var server = TestServer.start(Map.of("definitions.dir", folder.toString()))) {
            HttpResponse<String> answer;
            do {
                answer = server.get("/ready");
            } while (!answer.body().contains("have mistakes"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Json.read(answer.body()).at("/checks/1/name").asText()).isEqualTo("content");

            Files.writeString(folder.resolve("helper.yaml"), "name: helper\ninstructions: Help.\n");
            awaitReady(server);
        }
    }

    private static void awaitReady(TestServer server) throws Exception {
        while (server.get("/ready").statusCode() != 200) {
            Thread.onSpinWait();
        }
    }

    @Test
    void stopping_replica_takes_no_more_requests() {
        try (var context = context(TestDatabase.fresh())) {
            var readiness = context.getBean(Readiness.class);

            readiness.onApplicationEvent(new ShutdownEvent(context));

            assertThat(readiness.answer().isReady()).isFalse();
            assertThat(readiness.answer().json()).contains("The replica is stopping");
        }
    }

    @Test
    void draining_replica_answers_until_its_clients_have_left() throws Exception {
        try (var server = TestServer.start();
                var later = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitReady(server);
            assertThat(server.get("/health").headers().firstValue("Connection")).isEmpty();

            var left = later.submit(() -> {
                server.bean(Drain.class).leave();
                return true;
            });
            // The client's connection of before is still open, so the door is too.
            while (server.get("/ready").statusCode() != 503) {
                Thread.onSpinWait();
            }

            assertThat(left.get(60, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> server.get("/health")).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void postgres_that_is_away_for_a_moment_is_no_error_of_ours() {
        var request = new SimpleHttpRequest<>(io.micronaut.http.HttpMethod.GET, "/api/v1/runs", null);
        var away = new DatabaseException(new SQLException("terminating connection", "57P01"));

        var answer = new ProblemHandler().handle(request, away);

        assertThat(answer.code()).isEqualTo(503);
        assertThat(answer.getHeaders().get("Retry-After")).isEqualTo("1");
        assertThat(answer.getBody(String.class).orElseThrow()).contains("/problems#not-ready");
    }

    @Test
    void what_nobody_expected_tells_the_client_nothing_but_an_id() {
        var request = new SimpleHttpRequest<>(io.micronaut.http.HttpMethod.GET, "/api/v1/runs", null);

        var answer = new ProblemHandler().handle(request, new IllegalStateException("password=hunter2"));

        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.getBody(String.class).orElseThrow())
                .contains("Internal error", "\"requestId\":\"")
                .doesNotContain("hunter2");
    }

    private static ApplicationContext context(String database) {
        return ApplicationContext.builder()
                .properties(Map.of("database.url", database))
                .start();
    }
}
