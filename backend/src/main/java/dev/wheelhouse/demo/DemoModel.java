package dev.wheelhouse.demo;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Stands in for a language model where there is no key: rules instead of a network, in this process.
///
/// The same conversation always gets the same answer, but for the ids of tool calls, which differ from round to round.
/// It reads only the last message of the user and what its tools answered since. Whoever reads an answer is told by
/// `demo: true` in the reply that no model is behind it.
final class DemoModel implements Provider {

    /// Without pauses, words are handed over in bundles: nobody watches, and every delta costs.
    private static final int BUNDLE = 16;

    private static final Duration LONGEST_SLOWNESS = Duration.ofMinutes(10);

    private final Duration pause;
    private final DemoHolds holds = new DemoHolds();

    DemoModel(Duration pause) {
        this.pause = pause;
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        var turn = DemoTurn.of(call);
        return act(call, turn, call.mustCall() ? turn.forced() : turn.wish(), watcher, budget);
    }

    private Answer act(ModelCall call, DemoTurn turn, DemoAction wish, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException {
        return switch (wish) {
            case DemoAction.Fail _ ->
                throw new TryFailed(
                        "refused",
                        "The demo model fails because the message asked it to",
                        "Say something else",
                        Remedy.NONE);
            case DemoAction.Slow slow -> slow(call, slow.length(), watcher, budget);
            case DemoAction.Tools tools -> toolCalls(call, turn, tools, watcher);
            case DemoAction.Say say -> say(call, say.text(), watcher);
            case DemoAction.Hold hold -> hold(call, turn, hold, watcher, budget);
            case DemoAction.Release release -> {
                holds.release(call.tenant(), release.name());
                yield say(call, DemoTexts.RELEASED, watcher);
            }
        };
    }

    private Answer hold(ModelCall call, DemoTurn turn, DemoAction.Hold hold, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException {
        long start = System.nanoTime();
        String first = call.schema() == null ? DemoTexts.holding(hold.name()) : "";
        if (!holds.await(call.tenant(), hold.name(), budget, () -> write(first, pause, watcher))) {
            throw new TryFailed(
                    "timeout",
                    "Nobody said `release %s` in the %d s that the call had".formatted(hold.name(), budget.toSeconds()),
                    "Say it in another run of the same tenant while this one waits",
                    Remedy.NONE);
        }
        Duration left = budget.minusNanos(System.nanoTime() - start);
        Answer then = act(call, turn, hold.then(), watcher, left);
        return answer(call, first + then.text(), then.toolCalls(), then.finish());
    }

    private Answer toolCalls(ModelCall call, DemoTurn turn, DemoAction.Tools wish, ModelWatcher watcher)
            throws InterruptedException {
        write(wish.remark(), pause, watcher);
        var requests = new ArrayList<ToolRequest>();
        Set<String> used = new HashSet<>();
        for (DemoAction.Use use : wish.uses()) {
            ToolDescription tool = turn.tool(use.tool());
            String arguments = Json.write(DemoArguments.of(tool.schema(), use.known()));
            // Asking for the same thing twice at once would only show the same answer twice.
            if (used.add(tool.name() + arguments)) {
                String id = "demo-%d-%d".formatted(call.messages().size(), requests.size() + 1);
                requests.add(new ToolRequest(id, tool.name(), arguments));
            }
        }
        return answer(call, wish.remark(), requests, "tool_calls");
    }

    private Answer say(ModelCall call, String words, ModelWatcher watcher) throws InterruptedException {
        String text = DemoAnswers.of(call.schema(), words);
        Integer limit = call.maxOutputTokens();
        boolean cut = limit != null && text.length() > limit * 4L;
        String said = cut ? text.substring(0, limit * 4) : text;
        write(said, pause, watcher);
        return answer(call, said, List.of(), cut ? "length" : "stop");
    }

    private Answer slow(ModelCall call, Duration asked, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException {
        Duration length = asked.compareTo(LONGEST_SLOWNESS) < 0 ? asked : LONGEST_SLOWNESS;
        String text = DemoAnswers.of(call.schema(), DemoTexts.slowly(length));
        Duration each = length.dividedBy(words(text).size());
        if (length.compareTo(budget) >= 0) {
            Thread.sleep(budget);
            throw new TryFailed(
                    "timeout",
                    "The demo model was asked to be slow for %d s, and the call had only %d s"
                            .formatted(length.toSeconds(), budget.toSeconds()),
                    "Ask for less",
                    Remedy.NONE);
        }
        write(text, each, watcher);
        return answer(call, text, List.of(), "stop");
    }

    private static void write(String text, Duration pause, ModelWatcher watcher) throws InterruptedException {
        var bundle = new StringBuilder();
        int held = 0;
        for (String word : words(text)) {
            bundle.append(word);
            if (!pause.isZero() || ++held == BUNDLE) {
                watcher.delta(bundle.toString());
                bundle.setLength(0);
                held = 0;
                pause(pause);
            }
        }
        if (!bundle.isEmpty()) {
            watcher.delta(bundle.toString());
        }
    }

    private static void pause(Duration pause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The call was cancelled");
        }
        if (!pause.isZero()) {
            Thread.sleep(pause);
        }
    }

    /// The words with the white space behind them: joined again they are the text.
    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\\s)(?=\\S)"));
    }

    private static Answer answer(ModelCall call, String text, List<ToolRequest> requests, String finish) {
        return new Answer(text, List.copyOf(requests), finish, TokenUse.guess(call, text, requests), true);
    }
}
