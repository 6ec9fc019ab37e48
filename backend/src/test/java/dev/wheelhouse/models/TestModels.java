package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.demo.Demo;
import dev.wheelhouse.models.TryTargets.Surroundings;
import dev.wheelhouse.modules.Modules;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.providers.Providers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Models over fake providers, with a clock that moves only in pauses between tries.
public final class TestModels implements InstantSource {

    static final Prices PRICES = new Prices("2026-01-01", 1_000_000, 100_000, 2_000_000);
    private static final TargetConfig.Timeouts LONG = new TargetConfig.Timeouts(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(40));

    final List<Duration> pauses = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    Models of(ModelsConfig config) {
        return of(config, LONG);
    }

    Models of(ModelsConfig config, TargetConfig.Timeouts timeouts) {
        var around = new Surroundings(config, this, new Random(1), this::pause, List.of(new Telltale()));
        return new Models(
                AliasTargets.of(
                        config, timeouts, sources(), name -> name.startsWith("models.") ? null : "secret of " + name),
                around);
    }

    /// All providers there are.
    static List<ProviderSource> sources() {
        return sources(InstantSource.system());
    }

    static List<ProviderSource> sources(InstantSource clock) {
        var sources = new ArrayList<ProviderSource>(Providers.all(Outbound.direct(), clock));
        sources.addAll(Modules.all(Outbound.direct(), clock));
        sources.add(Demo.withoutPauses());
        return sources;
    }

    /// Models whose alias `default` is a fake server that speaks this protocol: for tests of other packages.
    public static Models over(FakeWire wire, FakeProvider provider) {
        return new TestModels().of(config(target(wire, provider)));
    }

    static ModelsConfig config(TargetConfig... targets) {
        return config(3, targets);
    }

    static ModelsConfig config(int tries, TargetConfig... targets) {
        return new ModelsConfig(
                Map.of("default", List.of(targets)),
                tries,
                Duration.ofMillis(500),
                4,
                Duration.ofSeconds(30),
                Map.of());
    }

    static TargetConfig target(FakeWire wire, FakeProvider provider) {
        return new TargetConfig(wire.provider(), "fake", provider.url(), null, PRICES);
    }

    static ModelCall call(String asked) {
        return call(List.of(new ModelMessage.User(asked)));
    }

    static ModelCall call(List<ModelMessage> messages) {
        return new ModelCall(
                TenantId.DEFAULT, "default", "Be brief.", messages, tools(), null, null, Duration.ofSeconds(60));
    }

    static List<ToolDescription> tools() {
        return List.of(
                new ToolDescription("clock", "Tells the time", schema("{'zone':{'type':'string'}}", "[]")),
                new ToolDescription(
                        "calculator", "Calculates", schema("{'expression':{'type':'string'}}", "['expression']")));
    }

    public static JsonNode schema(String properties, String required) {
        return Json.read("{'type':'object','properties':%s,'required':%s,'additionalProperties':false}"
                .formatted(properties, required)
                .replace('\'', '"'));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    private void pause(Duration length) {
        pauses.add(length);
        pass(length);
    }

    @Override
    public Instant instant() {
        return now;
    }

    private final class Telltale implements ModelListener {
        @Override
        public void called(ModelCall call, ModelReply reply, Duration took, Duration toFirstDelta) {
            told.add("called " + reply.name());
        }

        @Override
        public void failed(ModelCall call, String provider, String name, String code, Duration took) {
            told.add("failed " + code);
        }
    }
}
