package dev.wheelhouse.testing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.inject.BeanDefinitionReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A settings file as the framework reads it, without the platform and its database around it.
public final class TestSettings {

    private TestSettings() {}

    /// A context that is not started yet, with the framework's beans and those of ours whose names are wanted.
    public static ApplicationContext context(String yaml, Predicate<String> wanted) throws IOException {
        return context(
                new YamlPropertySourceLoader()
                        .read("settings", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))),
                wanted);
    }

    /// The same from settings that are read already.
    public static ApplicationContext context(Map<String, Object> settings, Predicate<String> wanted) {
        boolean hasDatabase = wanted.test("dev.wheelhouse.database.DescribePools");
        var builder = ApplicationContext.builder().environmentPropertySource(false);
        var context = new DefaultApplicationContext((ApplicationContextConfiguration) builder) {
            @Override
            @SuppressWarnings("rawtypes")
            protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
                return super.resolveBeanDefinitionReferences().stream()
                        .filter(bean -> !bean.getBeanDefinitionName().startsWith("dev.wheelhouse.")
                                || wanted.test(bean.getName()))
                        // The framework's pools know no Postgres where nobody tells them.
                        .filter(bean -> hasDatabase
                                || !bean.getBeanDefinitionName().startsWith("io.micronaut.configuration.jdbc."))
                        .toList();
            }
        };
        context.getEnvironment().addPropertySource(PropertySource.of("settings", settings));
        return context;
    }
}
