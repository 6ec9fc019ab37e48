package dev.wheelhouse;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// The one clock of this process; tests set another.
@Factory
final class ClockFactory {

    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
