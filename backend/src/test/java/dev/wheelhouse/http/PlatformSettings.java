package dev.wheelhouse.http;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.support.TestPropertyProvider;
import io.micronaut.test.support.TestPropertyProviderFactory;
import java.util.HashMap;
import java.util.Map;

/// The settings of a [PlatformTest], as Micronaut's extension asks for them; what the test says itself wins.
public final class PlatformSettings implements TestPropertyProviderFactory {

    @Override
    public TestPropertyProvider create(Map<String, Object> given, Class<?> test) {
        var settings = new HashMap<String, String>();
        TestServer.settings(Map.of()).forEach((key, value) -> settings.put(key, String.valueOf(value)));
        for (var property : test.getAnnotationsByType(Property.class)) {
            settings.put(property.name(), property.value());
        }
        return () -> settings;
    }
}
