package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.Approval;
import dev.wheelhouse.approvals.ApprovalFilter;
import dev.wheelhouse.approvals.Approvals;
import dev.wheelhouse.approvals.Decision;
import dev.wheelhouse.approvals.TestApprovals;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.images.TestImages;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.TestTenants;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.threads.TestThreads;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Agents whose calls people approve, by the real engine with the demo model.
class NeedApprovalTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Caller ANN = caller("ann");
    private static final Caller BOB = caller("bob");

    private final String url = TestDatabase.fresh();
    private final Models models = Demo.models();
    private Database database;
    private Agents agents;
    private Approvals approvals;
    private TestRuns engine;

    private static Caller caller(String name) {
        return new Caller(TENANT, name, Set.of(Scope.values()), UUID.nameUUIDFromBytes(name.getBytes()));
    }

    @BeforeEach
    void open() {
        database = TestDatabases.open(url);
        TestTenants.prepare(database);
        Tools tools = TestTools.of(database);
        agents = new Agents(
                database,
                TestAgentStore.of(database),
                models,
                tools,
                TestApprovals.rules("has(args.text) && args.text == 'prod'"));
        approvals = TestApprovals.of(database);
        var programs = new AgentPrograms[1];
        engine = new TestRuns(url, run -> programs[0].load(run));
        programs[0] = new AgentPrograms(
                agents,
                models,
                tools,
                TestThreads.of(engine.database()),
                TestImages.of(engine.database()),
                TestBudgets.of(database),
                engine::runs);
        put("");
    }

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
        database.close();
    }

    private void put(String rule) {
        agents.put(TENANT, "careful", """
                name: careful
                instructions: Keep notes.
                tools: [notes_write, calculator, ask_person]
                approvals:
                  - when: tool.name == "notes_write" && args.name != "free"
                    message: Writing a note
                %s""".formatted(rule), true);
    }

    private Run start(String said) {
        int revision = agents.published(TENANT, "careful").published();
        return engine.runs()
                .start(NewRun.of(
                                TENANT,
                                new Program.Pin("agent", "careful", revision),
                                "[{\"role\":\"user\",\"content\":%s}]".formatted(Json.quote(said)))
                        .asker(new Run.Asker("ann", ANN.key(), null))
                        .build());
    }

    private Run ended(Run run) throws InterruptedException {
        return engine.runs().await(TENANT, run.id(), Await.LONGEST);
    }

    private List<Approval> asked(int count) {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        List<Approval> open = List.of();
        while (open.size() < count
                || TestDatabase.query(url, "SELECT count(*) FROM runs WHERE state = 'waiting'")
                        .equals("0")) {
            assertThat(System.nanoTime()).as("open: %s", open).isLessThan(end);
            open = approvals
                    .list(TENANT, ApprovalFilter.in(Questions.State.OPEN), null, 50)
                    .data();
        }
        return open;
    }

    private static Decision approve() {
        return new Decision("approve", null, null, null, null);
    }

    private static Decision say(String word, @Nullable String reason, @Nullable JsonNode answer) {
        return new Decision(word, reason, null, answer, null);
    }

    private String notes() {
        return TestDatabase.query(url, "SELECT coalesce(string_agg(name || ': ' || text, ', '), '') FROM notes");
    }

    @Test
    void call_under_a_rule_is_done_only_when_a_person_has_approved_it() throws Exception {
        var run = start("note rope: 40 m");
        var approval = asked(1).getFirst();

        assertThat(approval.kind()).isEqualTo("tool");
        assertThat(approval.question().path("message").asText()).isEqualTo("Writing a note");
        assertThat(approval.question().path("arguments").path("text").asText()).isEqualTo("40 m");
        assertThat(approval.requester()).isEqualTo("ann");
        assertThat(notes()).isEmpty();

        approvals.decide(BOB, approval.id(), approve());

        assertThat(ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(notes()).isEqualTo("rope: 40 m");
        assertThat(engine.runs().steps(TENANT, run.id()))
                .hasSize(4)
                .anyMatch(step -> step.contains("\"kind\":\"decision\"") && step.contains("\"by\":\"bob\""));
    }

    @Test
    void call_that_no_rule_is_about_is_done_at_once() throws Exception {
        assertThat(ended(start("note free: air")).output()).contains("Noted");
        assertThat(approvals.list(TENANT, ApprovalFilter.ALL, null, 50).data()).isEmpty();
    }

    @Test
    void rejected_call_is_not_done_and_the_model_is_told_why() throws Exception {
        var run = start("note rope: 40 m");
        approvals.decide(BOB, asked(1).getFirst().id(), say("reject", "Too long a rope", null));

        assertThat(ended(run).output()).contains("Too long a rope").contains("bob");
        assertThat(notes()).isEmpty();
    }

    @Test
    void second_word_is_told_who_came_first() {
        start("note rope: 40 m");
        var id = asked(1).getFirst().id();
        approvals.decide(BOB, id, approve());

        assertThatThrownBy(() -> approvals.decide(ANN, id, say("reject", null, null)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.ALREADY_DECIDED);
                    assertThat(problem.message()).contains("bob decided \"approve\"");
                });
    }

    @Test
    void edited_arguments_are_a_new_question_and_only_those_are_done() throws Exception {
        var run = start("note rope: 40 m");
        var first = asked(1).getFirst();
        var edited = Json.read("{\"name\":\"rope\",\"text\":\"20 m\"}");

        var second = approvals.decide(BOB, first.id(), new Decision("approve", null, edited, null, first.hash()));

        assertThat(second.isOpen()).isTrue();
        assertThat(second.replaces()).isEqualTo(first.id());
        assertThat(second.hash()).isNotEqualTo(first.hash());
        assertThat(second.question().path("original").path("text").asText()).isEqualTo("40 m");
        assertThat(approvals.get(TENANT, first.id()).state()).isEqualTo("edited");
        assertThat(notes()).isEmpty();
        assertThatThrownBy(() ->
                        approvals.decide(ANN, second.id(), new Decision("approve", null, null, null, first.hash())))
                .hasMessageContaining("changed since it was shown");

        approvals.decide(ANN, second.id(), approve());

        assertThat(ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(notes()).isEqualTo("rope: 20 m");
    }

    @Test
    void who_asked_may_not_decide_where_the_rule_wants_another() throws Exception {
        put("    notRequester: true\n");
        var run = start("note rope: 40 m");
        var id = asked(1).getFirst().id();

        assertThatThrownBy(() -> approvals.decide(ANN, id, approve()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.OWN_REQUEST));
        approvals.decide(BOB, id, approve());

        assertThat(ended(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void nobody_answers_and_the_default_counts() throws Exception {
        put("    expires: 1s\n");
        assertThat(ended(start("note rope: 40 m")).output()).contains("Nobody answered in time");
        assertThat(notes()).isEmpty();
    }

    @Test
    void change_of_the_rules_leaves_a_run_under_way_as_it_is() throws Exception {
        var run = start("note rope: 40 m");
        var id = asked(1).getFirst().id();
        agents.put(TENANT, "careful", "name: careful\ninstructions: Now freely.\ntools: [notes_write]\n", true);
        approvals.decide(BOB, id, approve());

        assertThat(ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(notes()).isEqualTo("rope: 40 m");
    }

    @Test
    void person_answers_a_question_with_one_of_its_options() throws Exception {
        var run = start("use ask_person {\"question\":\"Which colour?\",\"options\":[\"red\",\"blue\"]}");
        var question = asked(1).getFirst();

        assertThat(question.kind()).isEqualTo("question");
        assertThat(question.question().path("schema").path("enum").size()).isEqualTo(2);
        approvals.decide(BOB, question.id(), say("approve", null, Json.read("\"blue\"")));

        assertThat(ended(run).output()).contains("blue");
    }

    @Test
    void form_that_would_read_other_places_is_refused_and_nobody_is_asked() throws Exception {
        for (String schema : List.of(
                "{\"$ref\":\"#/elsewhere\"}",
                "{\"properties\":{\"a\":{\"pattern\":\"(a+)+$\"}}}",
                "{\"allOf\":[{\"$id\":\"x\"}]}")) {
            var run = start("use ask_person {\"question\":\"What?\",\"schema\":" + schema + "}");
            assertThat(ended(run).output())
                    .contains("The schema cannot be used")
                    .contains("is not supported");
        }
        assertThat(approvals.list(TENANT, ApprovalFilter.ALL, null, 50).data()).isEmpty();
    }

    @Test
    void person_is_asked_in_plain_words() throws Exception {
        var run = start("ask a person whether the rope is new");
        var question = asked(1).getFirst();

        assertThat(question.question().path("message").asText()).isEqualTo("The agent asks whether the rope is new");
        assertThat(question.question().path("options").toString()).isEqualTo("[\"yes\",\"no\"]");
        approvals.decide(BOB, question.id(), say("approve", null, Json.read("\"yes\"")));

        assertThat(ended(run).output()).isEqualTo("bob answered: **yes**");
    }

    @Test
    void approvals_of_one_answer_are_decided_in_any_order_by_several_people() throws Exception {
        var run = start("use notes_write and ask_person at once");
        var open = asked(2);

        for (var question : open) {
            boolean isTool = question.kind().equals("tool");
            assertThat(notes()).isEmpty();
            approvals.decide(
                    isTool ? ANN : BOB, question.id(), isTool ? approve() : say("approve", null, Json.read("\"hm\"")));
        }

        assertThat(ended(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(notes()).isNotEmpty();
        assertThat(approvals
                        .list(TENANT, ApprovalFilter.in(Questions.State.OPEN), null, 50)
                        .data())
                .isEmpty();
    }

    @Test
    void of_two_people_at_once_one_decides() throws Exception {
        for (int round = 0; round < 10; round++) {
            var run = start("note rope: 40 m");
            var id = asked(1).getFirst().id();
            var said = new ConcurrentLinkedQueue<String>();
            var people = List.of(ANN, BOB).stream()
                    .map(person -> Thread.startVirtualThread(() -> {
                        try {
                            var word = person == ANN ? approve() : say("reject", "No", null);
                            said.add(String.valueOf(
                                    approvals.decide(person, id, word).decidedBy()));
                        } catch (Problem late) {
                            said.add(late.code().name());
                        }
                    }))
                    .toList();
            for (var person : people) {
                person.join();
            }

            assertThat(said).hasSize(2).contains("ALREADY_DECIDED");
            String by = approvals.get(TENANT, id).decidedBy();
            assertThat(said).contains(by);
            String output = ended(run).output();
            assertThat(String.valueOf(output)).contains("ann".equals(by) ? "Noted" : "rejected");
        }
    }

    @Test
    void word_is_about_the_arguments_that_were_shown_whoever_clicks_in_between() throws Exception {
        var run = start("note rope: 40 m");
        var shown = asked(1).getFirst();
        var changed = Json.read("{\"name\":\"rope\",\"text\":\"rm -rf\"}");
        approvals.decide(BOB, shown.id(), new Decision("approve", null, changed, null, shown.hash()));

        // Ann still sees the first question: her click must not approve the other arguments.
        assertThatThrownBy(() -> approvals.decide(ANN, shown.id(), approve()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.message()).contains("bob edited it"));
        assertThat(notes()).isEmpty();
        var open = asked(1).getFirst();
        approvals.decide(ANN, open.id(), new Decision("reject", "Never", null, null, open.hash()));

        assertThat(ended(run).output()).contains("Never");
        assertThat(notes()).isEmpty();
    }

    @Test
    void run_that_is_cancelled_withdraws_its_question() throws Exception {
        var run = start("note rope: 40 m");
        var id = asked(1).getFirst().id();
        engine.runs().cancel(TENANT, run.id());

        assertThat(ended(run).state()).isEqualTo(RunState.CANCELLED);
        assertThatThrownBy(() -> approvals.decide(BOB, id, approve())).hasMessageContaining("run has ended");
        assertThat(notes()).isEmpty();
    }

    @Test
    void other_tenant_sees_and_decides_nothing() {
        start("note rope: 40 m");
        var id = asked(1).getFirst().id();
        var stranger = new Caller(new TenantId("other"), "eve", Set.of(Scope.values()), UUID.randomUUID());

        assertThatThrownBy(() -> approvals.decide(stranger, id, approve()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(approvals
                        .list(stranger.tenant(), ApprovalFilter.ALL, null, 50)
                        .data())
                .isEmpty();
    }

    @Test
    void operators_rule_holds_beside_the_agents_own() throws Exception {
        var run = start("note free: prod");
        var question = asked(1).getFirst();

        assertThat(question.question().path("rule").asText()).contains("args.text == 'prod'");
        assertThat(notes()).isEmpty();
        approvals.decide(BOB, question.id(), approve());

        ended(run);
        assertThat(notes()).isEqualTo("free: prod");
    }

    /// Of two rules about one call the strictest counts.
    @Test
    void operators_rule_cannot_be_loosened_by_the_agents_own() throws Exception {
        put("    expires: 1s\n    otherwise: approve\n");

        assertThat(ended(start("note rope: prod")).output()).contains("Nobody answered in time");
        assertThat(notes()).isEmpty();
    }

    @Test
    void inherited_model_answer_is_held_against_the_operators_rules() {
        var run = start("note free: air");
        var wanted = NewRun.of(
                        TENANT,
                        new Program.Pin("agent", "careful", run.program().revision()),
                        "[]")
                .build();

        String held = agents.held(wanted, """
                {"toolCalls": [{"id": "1", "name": "notes_write", "arguments": {"name": "free", "text": "prod"}},
                               {"id": "2", "name": "notes_write", "arguments": {"name": "free", "text": "air"}}]}""");

        var calls = Json.read(held).path("toolCalls");
        assertThat(calls.get(0).has("approval")).isTrue();
        assertThat(calls.get(1).has("approval")).isFalse();
    }

    /// Whoever reads a definition first.
    @Test
    void agents_are_shown_with_their_own_rules_only_and_run_with_all() {
        for (int round = 0; round < 2; round++) {
            var agent = agents.get(TENANT, "careful");
            assertThat(agent.definition().approvals()).hasSize(1);
            assertThat(agents.definition(TENANT, "careful", agent.latest()).approvals())
                    .hasSize(2);
        }
    }

    @Test
    void rule_that_is_no_condition_is_refused_where_it_stands() {
        assertThatThrownBy(() -> put("  - when: tol.name == \"x\"\n  - when: 1 + 2\n"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(mistake -> mistake.path() + " " + mistake.line() + " " + mistake.hint())
                        .containsExactly(
                                "/approvals/1/when 7 Did you mean \"tool\"?",
                                "/approvals/2/when 8 Write a condition in CEL over tool, args and run"));
    }
}
