package dev.wheelhouse.runs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// A replica as a process of its own, for tests that kill and freeze it. Its steps call the effect server of the test.
///
/// Arguments: database address, address of the effect server, lease in milliseconds, runs at once.
final class ChaosReplica {

    static final int STEPS = 5;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ChaosReplica() {}

    public static void main(String[] arguments) throws Exception {
        var config = new RunsConfig(
                Duration.ofMillis(Long.parseLong(arguments[2])),
                Duration.ofMillis(100),
                Integer.parseInt(arguments[3]),
                Duration.ofSeconds(2));
        var replica = new TestReplica(arguments[0], run -> program(run, arguments[1]), config);
        System.out.println("READY " + replica.database.replica());
        replica.onStale(run -> System.out.println("STALE " + run));
        Thread.currentThread().join();
    }

    /// The agent's name says of which effect class the third of five steps is.
    private static Program program(Run run, String effects) {
        var third = Effect.of(run.program().name());
        return history -> {
            int done = history.steps().size();
            if (done == STEPS) {
                return new Next.Succeed("done");
            }
            var effect = done == 2 ? third : Effect.KEYED;
            return new Next.Steps(List.of(TestPrograms.work(
                    done + 1, effect, step -> call(step, history.run().epoch(), effects))));
        };
    }

    private static Outcome call(StepContext step, int epoch, String effects) throws IOException, InterruptedException {
        step.ensureOwned();
        var uri = URI.create(effects + "/" + step.run() + "/" + step.step() + "/" + epoch);
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        CLIENT.send(request, HttpResponse.BodyHandlers.discarding());
        return Outcome.of("\"ok\"");
    }
}
