package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.threads.Threads;
import dev.wheelhouse.tools.Tools;
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

    AgentPrograms(Agents agents, Models models, Tools tools, Threads threads) {
        this.agents = agents;
        this.models = models;
        this.tools = tools;
        this.threads = threads;
    }

    @Override
    public Program load(Run run) {
        var definition = agents.definition(run.tenant(), run.agent(), run.revision());
        return new AgentLoop(definition, said(run), models, tools);
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
