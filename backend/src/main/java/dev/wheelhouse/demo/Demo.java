package dev.wheelhouse.demo;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The provider `demo`: rules in this process in place of a language model.
@Singleton
public final class Demo implements ProviderSource {

    private final Provider model;

    Demo(DemoConfig config) {
        this.model = new DemoModel(config.pause());
    }

    /// Writes as fast as it can.
    public static Demo withoutPauses() {
        return new Demo(new DemoConfig(Duration.ZERO));
    }

    /// The demo model alone, writing without pauses: for tests and benchmarks of whatever stands on models.
    public static Models models() {
        return Models.of(withoutPauses());
    }

    @Override
    public String provider() {
        return "demo";
    }

    @Override
    public boolean isDemo() {
        return true;
    }

    @Override
    public @Nullable String keyVariable() {
        return null;
    }

    @Override
    public List<Problem.Mistake> check(String path, Opening opening) {
        return List.of();
    }

    @Override
    public Provider open(Opening opening) {
        return this.model;
    }
}
