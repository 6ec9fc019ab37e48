package dev.wheelhouse;

import dev.wheelhouse.base.ConfigCheck;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.convert.format.ReadableBytes;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The operator's settings file, named by WHEELHOUSE_CONFIG.
final class Settings {

    private static final Pattern BYTES = Pattern.compile("\\d{1,9}(KB|MB|GB)?");

    private Settings() {}

    /// Passes the file to the framework: it overrides our defaults, and environment variables override it.
    static void locate(@Nullable String file) {
        if (file == null || file.isBlank()) {
            return;
        }
        if (!Files.isReadable(Path.of(file))) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "WHEELHOUSE_CONFIG names \"%s\", which cannot be read".formatted(file),
                    "Correct the path, or unset it to run with the defaults");
        }
        System.setProperty("micronaut.config.files", file);
    }

    /// Refuses, all at once, unknown keys in the file and values from any source that do not have the type of their
    /// key: the framework alone would silently use the default.
    static void check(BeanContext beans, Environment environment, @Nullable String file) {
        var records = records(beans);
        var mistakes = new ArrayList<>(ConfigCheck.mistakes(keys(environment, file), records));
        mistakes.addAll(wrongValues(environment, records));
        if (!mistakes.isEmpty()) {
            throw new Problem(ErrorCode.NOT_READY, "The settings have mistakes", "Correct them", mistakes);
        }
    }

    private static List<Problem.Mistake> wrongValues(Environment environment, Map<String, Class<?>> records) {
        var mistakes = new ArrayList<Problem.Mistake>();
        records.forEach((prefix, record) -> {
            for (var component : record.isRecord() ? record.getRecordComponents() : new RecordComponent[0]) {
                String key = prefix + "." + ConfigCheck.kebab(component.getName());
                var type = component.getType();
                if (isPlain(type)) {
                    environment
                            .getProperty(key, String.class)
                            .filter(text -> !text.isBlank())
                            .filter(text -> !isBytes(component, text)
                                    && environment.convert(text, type).isEmpty())
                            .ifPresent(text -> mistakes.add(Problem.Mistake.at(
                                    key,
                                    "\"%s\" is not a valid %s"
                                            .formatted(
                                                    text, type.getSimpleName().toLowerCase(Locale.ROOT)),
                                    "Correct it, or remove it to use the default")));
                }
            }
        });
        return mistakes;
    }

    /// Whether it is an amount such as `32MB`, where one may stand.
    private static boolean isBytes(RecordComponent component, String text) {
        return component.getAccessor().isAnnotationPresent(ReadableBytes.class)
                && BYTES.matcher(text).matches();
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type == Duration.class || Number.class.isAssignableFrom(type);
    }

    private static TreeSet<String> keys(Environment environment, @Nullable String file) {
        var keys = new TreeSet<String>();
        if (file == null || file.isBlank()) {
            return keys;
        }
        for (PropertySource source : environment.getPropertySources()) {
            if (source.getName().contains(Path.of(file).getFileName().toString())) {
                source.forEach(key -> keys.addAll(flat(key, source.get(key))));
            }
        }
        return keys;
    }

    private static TreeSet<String> flat(String key, @Nullable Object value) {
        var keys = new TreeSet<String>();
        switch (value) {
            case Map<?, ?> map -> map.forEach((word, inner) -> keys.addAll(flat(key + "." + word, inner)));
            case List<?> list -> {
                for (int at = 0; at < list.size(); at++) {
                    keys.addAll(flat(key + "[" + at + "]", list.get(at)));
                }
            }
            case null, default -> keys.add(key);
        }
        return keys;
    }

    private static Map<String, Class<?>> records(BeanContext beans) {
        var records = new TreeMap<String, Class<?>>();
        for (var bean : beans.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationReader.class))) {
            if (bean.getBeanType().getName().startsWith("dev.wheelhouse.")) {
                bean.stringValue(ConfigurationReader.class, "prefix")
                        .ifPresent(prefix -> records.put(prefix, bean.getBeanType()));
            }
        }
        return records;
    }
}
