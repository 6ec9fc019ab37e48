package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Retelling;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.tools.TestTools;
import dev.wheelhouse.tools.Tools;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Logs that released versions have written, read and carried on by this one from every entry: it asks for the steps
/// that were done then, and comes to the same end. `RecordHistories` writes a version's logs.
class HistoriesTest {

    private final Models models = Demo.models();
    private final Tools tools = TestTools.described();
    private final Map<String, Definition> definitions = new java.util.HashMap<>();

    @BeforeAll
    static void silence() {
        TestRuns.silence();
    }

    static List<String> versions() throws IOException {
        return RecordedHistory.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void every_history_is_read_and_carried_on_from_each_of_its_entries(String version) throws IOException {
        var histories = RecordedHistory.of(version);
        int entries = 0;
        for (var history : histories) {
            var retold = new Retold(history, definition(version, history.agent()));
            for (int count = 1; count < history.log().size(); count++) {
                retold.checkAfter(count);
                entries++;
            }
        }

        assertThat(histories).hasSizeGreaterThanOrEqualTo(250);
        System.out.printf(
                "D7: %d histories of version %s, carried on from %d entries, 0 divergences%n",
                histories.size(), version, entries);
    }

    private Definition definition(String version, String agent) {
        return definitions.computeIfAbsent(version + "/" + agent, name -> {
            try {
                return new DefinitionReader(models.aliases(), tools.names())
                        .readStored(RecordedHistory.definition(version, agent));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private final class Retold {

        private final RecordedHistory history;
        private final Retelling retelling;
        private final Program program;
        private final Map<Integer, Step> steps;
        private final Retelling.Entry last;

        Retold(RecordedHistory history, Definition definition) {
            this.history = history;
            this.retelling = history.retelling();
            this.program = program(definition);
            this.steps = retelling.steps(history.log().size()).stream()
                    .collect(Collectors.toMap(Step::number, Function.identity()));
            this.last = history.log().getLast();
        }

        private Program program(Definition definition) {
            var run = retelling.run();
            var capped = definition.with(RemainingLimits.within(definition.limits(), run.caps()));
            return new AgentLoop(
                    capped,
                    AnswerForm.TEXT,
                    history.said(),
                    models,
                    tools.of(TenantId.DEFAULT),
                    StepBudget.unlimited(),
                    (tenant, name) -> new Program.Pin(Agents.KIND, name, 1));
        }

        void checkAfter(int count) {
            checkAsks(count);
            checkEnds(count);
        }

        /// The program asks for what is next on record, and says the same end.
        private void checkAsks(int count) {
            switch (program.next(retelling.after(count))) {
                case Next.Steps works -> works.steps().forEach(work -> compare(work, count));
                case Next.Succeed done -> {
                    assertThat(last.type()).as(at(count)).isIn("run.succeeded", "run.cancelled");
                    if (last.type().equals("run.succeeded")) {
                        assertThat(done.output()).as(at(count)).isEqualTo(end().output());
                    }
                }
                case Next.Fail failed -> {
                    assertThat(last.type()).as(at(count)).isEqualTo("run.failed");
                    assertThat(failed.failure().code()).as(at(count)).isEqualTo(end().code());
                }
            }
        }

        private record End(
                @Nullable String output, @Nullable String code) {}

        private End end() {
            var data = Json.read(last.data());
            return new End(
                    data.path("output").asText(null),
                    data.path("error").path("code").asText(null));
        }

        private @Nullable Step compare(PlannedStep work, int count) {
            var step = steps.get(work.number());
            if (step == null) {
                assertThat(last.type())
                        .as("%s: step %d is not on record", at(count), work.number())
                        .isIn("run.cancelled", "run.failed");
                return null;
            }
            String what = "%s, step %d".formatted(at(count), work.number());
            assertThat(work.kind()).as(what).isEqualTo(step.kind());
            assertThat(work.name()).as(what).isEqualTo(step.name());
            assertThat(work.call()).as(what).isEqualTo(step.call());
            assertThat(work.effect()).as(what).isEqualTo(step.effect());
            if (!(work.action() instanceof PlannedStep.Action.Ask)) {
                assertThat(work.input()).as(what).isEqualTo(step.input());
            }
            return step;
        }

        /// The engine carries it on; what steps do is what they did then.
        private void checkEnds(int count) {
            if (!last.type().equals("run.succeeded") && !last.type().equals("run.failed")) {
                return;
            }
            var end = retelling.execution(
                    count,
                    history -> program.next(history) instanceof Next.Steps works
                            ? new Next.Steps(works.steps().stream()
                                    .map(work -> recorded(work, count))
                                    .toList())
                            : program.next(history),
                    number -> steps.get(number).outcome().output());
            assertThat(end).as("%s comes to no end", at(count)).isNotNull();
            assertThat(end.state())
                    .as(at(count))
                    .isEqualTo(RunState.of(last.type().substring("run.".length())));
            assertThat(withoutMessage(end.data())).as(at(count)).isEqualTo(withoutMessage(last.data()));
            assertThat(end.steps().stream().map(HistoriesTest::told))
                    .as(at(count))
                    .isEqualTo(steps.values().stream().map(HistoriesTest::told).toList());
        }

        private PlannedStep recorded(PlannedStep work, int count) {
            var step = Objects.requireNonNull(compare(work, count));
            var action =
                    work.action() instanceof PlannedStep.Action.Ask || work.action() instanceof PlannedStep.Action.Sleep
                            ? work.action()
                            : new PlannedStep.Action.Execute(context -> step.outcome());
            return new PlannedStep(
                    work.number(), work.kind(), work.name(), work.call(), work.effect(), work.input(), action);
        }

        private String at(int count) {
            return "%s after %d of %d entries"
                    .formatted(history, count, history.log().size());
        }
    }

    /// Messages may be worded better in a later version; codes may not change.
    private static JsonNode withoutMessage(String data) {
        var node = Json.read(data);
        if (node.path("error") instanceof ObjectNode error) {
            error.remove(List.of("message", "hint"));
        }
        return node;
    }

    private static String told(Step step) {
        return "%d %s %s %s %s"
                .formatted(
                        step.number(),
                        step.kind(),
                        step.name(),
                        step.outcome().output(),
                        step.outcome().failure());
    }
}
