package dev.wheelhouse.models;

import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.TryTargets.Pause;
import dev.wheelhouse.models.TryTargets.Surroundings;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks language models by alias.
@Singleton
public final class Models {

    /// Anthropic wants a bound in every request; agents that need another one say so. Wherever a bound is needed and
    /// nobody has named one, it is this.
    public static final int USUAL_OUTPUT_TOKENS = 8192;

    private final Map<String, List<Target>> aliases;
    private final Surroundings around;

    @Inject
    Models(
            ModelsConfig config,
            TargetConfig.Timeouts timeouts,
            List<ProviderSource> sources,
            Environment environment,
            @Nullable InstantSource clock,
            List<ModelListener> listeners) {
        this(
                AliasTargets.of(config, timeouts, sources, name -> variable(environment, name)),
                new Surroundings(
                        config,
                        clock == null ? InstantSource.system() : clock,
                        new Random(),
                        Thread::sleep,
                        listeners));
    }

    Models(Map<String, List<Target>> aliases, Surroundings around) {
        this.aliases = aliases;
        this.around = around;
    }

    /// One provider alone, behind the alias `default`: for tests and benchmarks of whatever stands on models.
    public static Models of(ProviderSource source) {
        var aliases = AliasTargets.of(ModelsConfig.DEFAULT, TargetConfig.Timeouts.DEFAULT, List.of(source), _ -> null);
        Pause pause = Thread::sleep;
        return new Models(
                aliases,
                new Surroundings(ModelsConfig.DEFAULT, InstantSource.system(), new Random(), pause, List.of()));
    }

    /// Blocks until the answer is whole; made for virtual threads. Interruption ends the provider's call at once.
    /// Text reaches the watcher on the calling thread; all of it together is the reply's text.
    public ModelReply call(ModelCall call, ModelWatcher watcher) throws InterruptedException {
        List<Target> targets = aliases.get(call.alias());
        if (targets == null) {
            throw new ModelException(
                    "unknown_model",
                    "There is no model \"%s\"".formatted(Text.shorten(call.alias(), 60)),
                    Suggest.hint(call.alias(), aliases.keySet()),
                    false);
        }
        return new TryTargets(around, call, watcher).run(targets);
    }

    /// Asks an alias three small things, one after the other: a word, a call of a tool, JSON by a schema. About 300
    /// tokens, which count in no budget.
    public List<Model.Trial> test(TenantId tenant, String alias) throws InterruptedException {
        return new TryModel(this, tenant, alias).all();
    }

    /// The most that a call by an alias can cost, whichever of its targets answers. `dearest` is null where a target
    /// has no price and the operator wants calls with a bounded cost refused.
    public record Ceiling(int outputTokens, @Nullable Prices dearest) {}

    /// What a call costs at most, for whoever has to reserve it. An alias that is not there costs nothing: asking it
    /// fails.
    public Ceiling ceiling(String alias) {
        long input = 0;
        long output = 0;
        for (var target : aliases.getOrDefault(alias, List.of())) {
            var prices = target.prices();
            if (prices == null) {
                return new Ceiling(USUAL_OUTPUT_TOKENS, null);
            }
            input = Math.max(input, Math.max(prices.input(), prices.cachedInput()));
            output = Math.max(output, prices.output());
        }
        return new Ceiling(USUAL_OUTPUT_TOKENS, new Prices("dearest", input, input, output));
    }

    public boolean has(String alias) {
        return aliases.containsKey(alias);
    }

    /// Whether any of an alias's targets can see pictures; one that cannot passes such a call on to the next.
    public boolean sees(String alias) {
        return aliases.getOrDefault(alias, List.of()).stream()
                .anyMatch(target -> target.config().abilities().contains(TargetConfig.Ability.IMAGES));
    }

    public Set<String> aliases() {
        return aliases.keySet();
    }

    /// True where the alias is there and leads to the scripted demo model first.
    public boolean isDemo(String alias) {
        var targets = aliases.get(alias);
        return targets != null && targets.getFirst().isDemo();
    }

    /// All aliases, sorted by name, with the state of their targets at this moment.
    public List<Model> list() {
        var now = around.clock().instant();
        return aliases.entrySet().stream()
                .map(entry -> new Model(
                        entry.getKey(),
                        entry.getValue().getFirst().isDemo(),
                        entry.getValue().stream()
                                .map(target -> target.shape(now))
                                .toList()))
                .toList();
    }

    private static @Nullable String variable(Environment environment, String name) {
        return environment.getProperty(name, String.class).orElseGet(() -> System.getenv(name));
    }
}
