package dev.wheelhouse.models;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.providers.Providers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Calls of one model server as an agent makes them, without an engine around them.
public final class ModelCalls {

    private final Models models;
    private final ModelCall call;

    /// @param url up to and including `/v1`
    public ModelCalls(String url, String message) {
        var target = new TargetConfig("openai", "bench", url, null, null);
        var config = ModelsConfig.DEFAULT.with(Map.of("default", List.of(target)));
        models = new Models(
                AliasTargets.of(
                        config, TargetConfig.Timeouts.DEFAULT, Providers.all(Outbound.direct()), _ -> null),
                new TryTargets.Surroundings(config, InstantSource.system(), new Random(), Thread::sleep, List.of()));
        call = new ModelCall(
                TenantId.DEFAULT,
                "default",
                "",
                List.of(new ModelMessage.User(message)),
                List.of(),
                null,
                null,
                Duration.ofSeconds(30));
    }

    /// Characters that were told.
    public int ask() throws InterruptedException {
        int[] told = new int[1];
        models.call(call, text -> told[0] += text.length());
        return told[0];
    }
}
