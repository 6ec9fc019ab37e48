package dev.wheelhouse.models;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model that says what a test wants, at a price, and counts what was asked of it: for tests of other packages.
public final class ScriptedModels {

    /// What it says; tokens beyond the bound of the call are not said.
    public record Said(String text, List<ToolRequest> calls, long input, long output) {}

    /// Throws this to fail like a provider.
    public static final class Failing extends RuntimeException {
        private final String code;

        public Failing(String code) {
            super(code, null, false, false);
            this.code = code;
        }
    }

    public final List<ModelCall> asked = Collections.synchronizedList(new ArrayList<>());
    public final Models models;
    private final Function<ModelCall, Said> script;
    private long tokens;
    private long money;

    /// @param prices null for a model whose price is not known
    public ScriptedModels(@Nullable Prices prices, Function<ModelCall, Said> script) {
        this.script = script;
        var config = new TargetConfig("openai", "scripted", "http://scripted.test/v1", null, prices);
        var one = new ModelsConfig(Map.of(), 1, Duration.ZERO, 100, Duration.ofSeconds(1), Map.of());
        var targets = new LinkedHashMap<String, List<Target>>();
        targets.put("default", List.of(Target.remote(config, (call, watcher, budget) -> answer(call, prices), null)));
        models = new Models(
                targets,
                new TryTargets.Surroundings(one, InstantSource.system(), new Random(), Thread::sleep, List.of()));
    }

    private Answer answer(ModelCall call, @Nullable Prices prices) throws TryFailed {
        asked.add(call);
        try {
            var said = script.apply(call);
            Integer bound = call.maxOutputTokens();
            boolean cut = bound != null && said.output() > bound;
            var use = new TokenUse(said.input(), 0, cut ? bound : said.output());
            synchronized (this) {
                tokens += use.input() + use.output();
                money += prices == null ? 0 : prices.cost(use);
            }
            var calls = cut ? List.<ToolRequest>of() : said.calls();
            String finish = cut ? "length" : calls.isEmpty() ? "stop" : "tool_calls";
            return new Answer(said.text(), calls, finish, use, true);
        } catch (Failing e) {
            throw new TryFailed(e.code, "It fails as it was told to", null, TryFailed.Remedy.RETRY);
        }
    }

    /// All that was said and asked, as the provider would bill it.
    public synchronized long tokens() {
        return tokens;
    }

    public synchronized long money() {
        return money;
    }
}
