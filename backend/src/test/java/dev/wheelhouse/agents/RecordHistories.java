package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.TestQuestions;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.TestTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes the logs of real runs down, for later versions to read: real Postgres, real engine, real agents, the demo
/// model. To be run once for each version that is released; what was written stays as it is.
///
/// Arguments: the version and a seed.
final class RecordHistories {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /// What agents there are, by name; the file in the folder is this text.
    private static final Map<String, String> AGENTS = Map.of(
            "helper",
            "tools: [clock, calculator, notes_write, notes_read, notes_list, wait, http_fetch, call_agent]\n"
                    + "agents: [clerk]\nlimits: {time: 10m}\n",
            "clerk",
            "tools: [calculator, clock]\n",
            "hasty",
            "tools: [clock, calculator]\nlimits: {steps: 5, repeats: 3}\n",
            "mute",
            "tools: []\n",
            "careful",
            """
            tools: [notes_write, notes_read, clock, ask_person]
            approvals:
              - when: tool.name == "notes_write" && args.name != "free"
                message: Writing a note
                expires: %s
            """.formatted("2s"));

    private final Random random;
    private final Path folder;
    private final Map<String, List<RecordedHistory>> histories = new LinkedHashMap<>();
    private final String url = TestDatabase.fresh();
    private final Database database;
    private final TestRuns engine;
    private final EarlierTurns earlier;

    private RecordHistories(String version, long seed) throws IOException {
        random = new Random(seed);
        folder = RecordedHistory.folder(version);
        Files.createDirectories(folder);
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        var tools = TestTools.of(database);
        var agents = new Agents(database, TestAgentStore.of(database), Demo.models(), tools, OperatorRules.NONE);
        for (var agent : AGENTS.entrySet()) {
            String text = "name: %s\ninstructions: Help.\n%s".formatted(agent.getKey(), agent.getValue());
            Files.writeString(folder.resolve(agent.getKey() + ".yaml"), text);
            agents.put(TENANT, agent.getKey(), text, true);
        }
        var programs = new AgentPrograms[1];
        engine = new TestRuns(url, run -> programs[0].load(run));
        var threads = TestThreads.of(engine.database());
        programs[0] = new AgentPrograms(
                agents, Demo.models(), tools, threads, TestImages.of(database), TestBudgets.of(database), engine::runs);
        earlier = new EarlierTurns(threads, TestImages.of(database), engine::runs);
    }

    public static void main(String[] arguments) throws Exception {
        var recording = new RecordHistories(arguments[0], Long.parseLong(arguments[1]));
        recording.recordAll();
        System.exit(0);
    }

    private void recordAll() throws Exception {
        for (int n = 0; n < 40; n++) {
            record(
                    "chats",
                    "mute",
                    oneOf("say ahoy %d", "hello", "what can you do", "say %d bottles")
                            .formatted(n));
        }
        for (int n = 0; n < 50; n++) {
            record(
                    "tools",
                    "helper",
                    oneOf("what is %d * 23", "what time is it", "note rope%d: 40 m", "list notes")
                            .formatted(n));
        }
        for (int n = 0; n < 50; n++) {
            record(
                    "side-by-side",
                    "helper",
                    oneOf(
                                    "what is %d * 23 and what time is it",
                                    "use clock and calculator at once", "use clock, calculator and notes_list at once")
                            .formatted(n));
        }
        for (int n = 0; n < 40; n++) {
            record(
                    "notes",
                    "helper",
                    "note line%d: %d m, then read note line%d%s"
                            .formatted(
                                    n,
                                    random.nextInt(100),
                                    n,
                                    oneOf("", ", then list notes", ", then what time is it")));
        }
        for (int n = 0; n < 25; n++) {
            record(
                    "waits",
                    "helper",
                    oneOf("wait 200 ms", "wait 1 s, then what is %d + 1", "wait 300 ms and what time is it")
                            .formatted(n));
        }
        for (int n = 0; n < 25; n++) {
            record(
                    "failures",
                    oneOf("helper", "hasty"),
                    oneOf(
                            "fail",
                            "read note nowhere",
                            "fetch http://10.0.0.1/",
                            "loop",
                            "what is 1 / 0",
                            "wait 9999999 s"));
        }
        for (int n = 0; n < 15; n++) {
            cancel(oneOf("be slow for 9 s", "wait 60 s", "what is 3 * 4, then wait 60 s"));
        }
        for (int n = 0; n < 15; n++) {
            converse(n);
        }
        for (int n = 0; n < 15; n++) {
            record(
                    "calls",
                    "helper",
                    "hand over to %s: %s"
                            .formatted(
                                    oneOf("clerk", "clerk", "nobody"),
                                    oneOf("what is 6 * 7", "what time is it", "fail")));
        }
        for (int n = 0; n < 12; n++) {
            takeOver(oneOf("be slow for 1 s", "what is 8 * 9, then be slow for 1 s"));
        }
        for (int n = 0; n < 12; n++) {
            pause(oneOf("wait 400 ms, then what is 5 * 5", "wait 300 ms"));
        }
        for (int n = 0; n < 30; n++) {
            approve(oneOf(
                            "note rope%d: 40 m",
                            "note rope%d: 7 m, then what time is it",
                            "ask a person whether to go on with %d",
                            "note free: %d")
                    .formatted(n));
        }
        called();
        for (var kind : histories.entrySet()) {
            var lines = kind.getValue().stream().map(RecordedHistory::line).toList();
            Files.write(folder.resolve(kind.getKey() + ".jsonl"), lines);
            System.out.printf("%s: %d histories%n", kind.getKey(), lines.size());
        }
    }

    private String oneOf(String... some) {
        return some[random.nextInt(some.length)];
    }

    private Run start(String agent, String said, @Nullable UUID thread) {
        String input = "[{\"role\":\"user\",\"content\":" + Json.quote(said) + "}]";
        return engine.runs()
                .start(NewRun.of(TENANT, new Program.Pin("agent", agent, 1), input)
                        .thread(thread)
                        .build());
    }

    private Run record(String kind, String agent, String said) throws InterruptedException {
        return keep(kind, start(agent, said, null));
    }

    private Run keep(String kind, Run run) throws InterruptedException {
        var ended = engine.runs().await(TENANT, run.id(), LONGEST);
        if (!ended.state().isEnded()) {
            throw new IllegalStateException("Run " + run.id() + " of " + kind + " does not end");
        }
        histories
                .computeIfAbsent(kind, none -> new ArrayList<>())
                .add(new RecordedHistory(
                        kind,
                        run.id().value(),
                        ended.program().name(),
                        ended.depth(),
                        earlier.with(ended),
                        engine.log(ended)));
        return ended;
    }

    private void cancel(String said) throws InterruptedException {
        var run = start("helper", said, null);
        Thread.sleep(random.nextInt(400));
        engine.runs().cancel(TENANT, run.id());
        keep("cancels", run);
    }

    private void converse(int number) throws InterruptedException {
        var first = record("turns", "helper", "say turn " + number);
        keep("turns", start("helper", "what is " + number + " * 2", first.thread()));
    }

    /// As if the owner had died: the lease is over, and whoever polls takes the run.
    private void takeOver(String said) throws InterruptedException {
        var run = start("helper", said, null);
        Thread.sleep(150 + random.nextInt(300));
        TestDatabase.execute(url, "UPDATE runs SET due_at = now() WHERE ended_at IS NULL AND id = '" + run.id() + "'");
        keep("takeovers", run);
    }

    private void pause(String said) throws InterruptedException {
        var run = start("helper", said, null);
        Thread.sleep(random.nextInt(200));
        if (!engine.runs().get(TENANT, run.id()).state().isEnded()) {
            engine.runs().pause(TENANT, run.id());
            Thread.sleep(300);
            engine.runs().resume(TENANT, run.id());
        }
        keep("pauses", run);
    }

    /// Three of four questions are answered, one is left to expire.
    private void approve(String said) throws InterruptedException {
        var run = start("careful", said, null);
        String word = oneOf(
                "{\"decision\":\"approve\",\"by\":\"ann\"}",
                "{\"decision\":\"approve\",\"by\":\"bob\",\"answer\":\"go on\"}",
                "{\"decision\":\"reject\",\"by\":\"ann\",\"reason\":\"Not today\"}",
                "");
        while (!engine.runs().get(TENANT, run.id()).state().isEnded()) {
            String open = TestDatabase.query(
                    url, "SELECT id FROM questions WHERE state = 'open' AND run = '" + run.id() + "'");
            // A question of a person has no time of its own here, so somebody has to answer it.
            String answer =
                    word.isEmpty() && said.startsWith("ask") ? "{\"decision\":\"approve\",\"by\":\"ann\"}" : word;
            if (!open.isEmpty() && !answer.isEmpty()) {
                TestQuestions.answer(database, TENANT, UUID.fromString(open), answer);
            }
            Thread.sleep(20);
        }
        keep("approvals", run);
    }

    /// The runs that others have called.
    private void called() throws InterruptedException {
        for (var run : engine.runs()
                .list(TENANT, new RunFilter(RunState.SUCCEEDED, null, "clerk", null), null, 200)
                .data()) {
            keep("called", engine.runs().get(TENANT, new RunId(run.id().value())));
        }
    }
}
