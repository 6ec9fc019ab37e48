package dev.wheelhouse;

import io.micronaut.runtime.Micronaut;

/// Starts one replica of the platform.
public final class Application {

    private Application() {}

    public static void main(String[] arguments) {
        Micronaut.run(Application.class, arguments);
    }
}
