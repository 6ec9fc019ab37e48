package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.threads.Threads;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Finds the loop for a run: its pinned revision, and what was said in the thread before it.
@Singleton
final class AgentPrograms implements Program.Source {

    // Earlier turns beyond these are left out, the oldest first.
    private static final int MOST_TURNS = 50;
    private static final int MOST_CHARACTERS = 200_000;

    private final Agents agents;
    private final Models models;
    private final Tools tools;
    private final Threads threads;
    private final Budgets budgets;
    private final Provider<Runs> runs;

    AgentPrograms(Agents agents, Models models, Tools tools, Threads threads, Budgets budgets, Provider<Runs> runs) {
        this.agents = agents;
        this.models = models;
        this.tools = tools;
        this.threads = threads;
        this.budgets = budgets;
        this.runs = runs;
    }

    @Override
    public Program load(Run run) {
        return loop(run);
    }

    AgentLoop loop(Run run) {
        var definition = agents.definition(run.tenant(), run.agent(), run.revision());
        var capped = definition.with(Caps.within(definition.limits(), run.caps()));
        return new AgentLoop(capped, said(run), models, tools, purse(run), agents::published);
    }

    private Purse purse(Run run) {
        return new Purse(budgets, epoch -> SpendAs.of(run, epoch, above(run)));
    }

    /// The runs that stand above one that was called; they are read once, and only where there are budgets.
    private List<Run> above(Run run) {
        var above = new ArrayList<Run>();
        for (var parent = run.parent(); parent != null; parent = above.getLast().parent()) {
            above.add(runs.get().get(run.tenant(), parent.run()));
        }
        return above;
    }

    /// The conversation up to and with the run's own input. A run that opened its thread has nothing before it.
    private List<ModelMessage> said(Run run) {
        var said = new ArrayDeque<ModelMessage>();
        if (!run.thread().equals(run.id().value())) {
            earlier(run, said);
        }
        said.addAll(messages(String.valueOf(run.input())));
        return List.copyOf(said);
    }

    private void earlier(Run run, ArrayDeque<ModelMessage> said) {
        int characters = 0;
        var turns = threads.turns(run.tenant(), run.thread(), run.id(), MOST_TURNS);
        for (var turn : turns.reversed()) {
            if (turn.output() == null) {
                continue;
            }
            var messages = new ArrayList<>(messages(turn.input()));
            messages.add(new ModelMessage.Assistant(turn.output(), List.of()));
            characters += messages.stream()
                    .mapToInt(message -> message.text().length())
                    .sum();
            if (characters > MOST_CHARACTERS) {
                return;
            }
            messages.reversed().forEach(said::addFirst);
        }
    }

    private static List<ModelMessage> messages(String input) {
        var messages = new ArrayList<ModelMessage>();
        for (JsonNode message : Json.read(input)) {
            String text = message.path("content").asText();
            messages.add(
                    message.path("role").asText().equals("assistant")
                            ? new ModelMessage.Assistant(text, List.of())
                            : new ModelMessage.User(text));
        }
        return messages;
    }
}
