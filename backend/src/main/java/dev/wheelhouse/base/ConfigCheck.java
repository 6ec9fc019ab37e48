package dev.wheelhouse.base;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses unknown settings: a misspelled key must not be silently ignored.
///
/// The settings records are the source of truth: a key is known if a record has a component of that name (in kebab
/// case). Maps accept any key, and the values of lists and maps are checked like records.
public final class ConfigCheck {

    /// Settings that had another name, and the one they have now. An entry stays for as long as somebody may upgrade
    /// from a version that knew the old name.
    static final Map<String, String> RENAMED = Map.of("models.patience", "models.timeouts");

    private static final Pattern POSITION = Pattern.compile("\\[\\d+]");
    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private final Map<String, Class<?>> records;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    private ConfigCheck(Map<String, Class<?>> records) {
        this.records = records;
    }

    /// All unknown keys and all that have a new name, each with its remedy.
    ///
    /// @param keys the dotted keys of a settings file, in kebab case
    /// @param records the settings records by prefix, such as `runs` or `tools.http-fetch`
    public static List<Problem.Mistake> mistakes(Collection<String> keys, Map<String, Class<?>> records) {
        var check = new ConfigCheck(records);
        new TreeSet<>(keys).forEach(check::check);
        return check.mistakes;
    }

    private void check(String key) {
        String plain = POSITION.matcher(key).replaceAll("");
        String old = longest(RENAMED.keySet(), plain);
        if (old != null) {
            String now = RENAMED.get(old) + plain.substring(old.length());
            mistakes.add(Problem.Mistake.at(key, "\"%s\" has a new name".formatted(key), "Write " + now));
            return;
        }
        String prefix = longest(records.keySet(), plain);
        if (prefix == null) {
            refuse(key, plain.split("\\.")[0], firstWords());
        } else if (plain.length() > prefix.length()) {
            descend(key, plain.substring(prefix.length() + 1).split("\\."), 0, records.get(prefix), prefix);
        }
    }

    /// The longest of these words that the key begins with.
    private static @Nullable String longest(Collection<String> words, String key) {
        return words.stream()
                .filter(word -> key.equals(word) || key.startsWith(word + "."))
                .max(java.util.Comparator.comparingInt(String::length))
                .orElse(null);
    }

    private void descend(String key, String[] words, int at, Type type, String prefix) {
        if (at == words.length) {
            return;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            descend(key, words, at + 1, generic.getActualTypeArguments()[1], prefix);
        } else if (type instanceof ParameterizedType generic) {
            descend(key, words, at, generic.getActualTypeArguments()[0], prefix);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            component(key, words, at, record, prefix);
        }
    }

    private void component(String key, String[] words, int at, Class<?> record, String prefix) {
        var names = new TreeSet<>(inner(prefix));
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(kebab(component.getName()));
            if (kebab(component.getName()).equals(words[at])) {
                descend(key, words, at + 1, component.getGenericType(), prefix);
                return;
            }
        }
        refuse(key, words[at], names);
    }

    /// The first words of longer prefixes below this one.
    private List<String> inner(String prefix) {
        return records.keySet().stream()
                .filter(known -> known.startsWith(prefix + "."))
                .map(known -> known.substring(prefix.length() + 1).split("\\.")[0])
                .toList();
    }

    private Collection<String> firstWords() {
        return new TreeSet<>(
                records.keySet().stream().map(known -> known.split("\\.")[0]).toList());
    }

    private void refuse(String key, String word, @Nullable Collection<String> known) {
        mistakes.add(Problem.Mistake.at(
                key, "Unknown key \"%s\"".formatted(word), Suggest.hint(word, known == null ? List.of() : known)));
    }

    /// `atOnce` as settings files write it: `at-once`.
    public static String kebab(String camel) {
        return Arrays.stream(HUMP.matcher(camel).replaceAll("$1-$2").split("-"))
                .map(word -> word.toLowerCase(java.util.Locale.ROOT))
                .collect(java.util.stream.Collectors.joining("-"));
    }
}
