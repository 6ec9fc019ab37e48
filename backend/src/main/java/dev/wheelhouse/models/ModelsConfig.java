package dev.wheelhouse.models;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings of the models.
///
/// @param aliases the targets of each alias in the order in which they are tried; `default` comes from the keys in the
///     environment, or is the demo model, where it is not named here
/// @param tries how often one target is asked in one call, 1 to 10
/// @param pause before the second try; it doubles with each further one, up to 20 s, with jitter, 0 s to 20 s
/// @param coolAfter failures in a row after which a target is left alone, 1 to 100
/// @param coolDown how long it is left alone, 1 s to 1 h
/// @param unknownPrice `input` and `output` of models without a price, as prices are; `refuse`, which is usual, makes
///     calls with a bounded cost fail
@ConfigurationProperties("models")
record ModelsConfig(
        @MapFormat(transformation = MapFormat.MapTransformation.NESTED) @Nullable
        Map<String, List<TargetConfig>> aliases,

        @Bindable(defaultValue = "3") int tries,
        @Bindable(defaultValue = "500ms") Duration pause,
        @Bindable(defaultValue = "5") int coolAfter,
        @Bindable(defaultValue = "30s") Duration coolDown,

        @MapFormat(transformation = MapFormat.MapTransformation.NESTED) @Nullable
        Map<String, Object> unknownPrice) {

    static final ModelsConfig DEFAULT =
            new ModelsConfig(Map.of(), 3, Duration.ofMillis(500), 5, Duration.ofSeconds(30), Map.of());

    ModelsConfig {
        aliases = aliases == null ? Map.of() : Map.copyOf(aliases);
        unknownPrice = unknownPrice == null ? Map.of() : Map.copyOf(unknownPrice);
    }

    ModelsConfig with(Map<String, List<TargetConfig>> others) {
        return new ModelsConfig(others, tries, pause, coolAfter, coolDown, unknownPrice);
    }
}
