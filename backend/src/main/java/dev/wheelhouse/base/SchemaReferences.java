package dev.wheelhouse.base;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The references of a JSON Schema: each leads to a schema in it, none in a circle, and together they do not make one
/// value be held against too many.
final class SchemaReferences {

    // So many schemas one value may be held against by references alone, before it is looked into.
    private static final int MOST_APPLIED = 2_000;

    /// Is told where a mistake is, what it is and what to do.
    @FunctionalInterface
    interface Mistakes {
        void add(String pointer, String message, @Nullable String hint);
    }

    private final Mistakes mistakes;

    // Every schema by its pointer, and what each applies to the very value that it is held against.
    private final Map<String, List<String>> applied = new LinkedHashMap<>();
    private final Map<String, String> references = new LinkedHashMap<>();

    SchemaReferences(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// There is a schema at this pointer. The pointers of those that it applies in place go into the list.
    List<String> schema(String pointer) {
        var here = new ArrayList<String>();
        applied.put(pointer, here);
        return here;
    }

    /// Where a reference that stands at a pointer leads.
    String add(String at, String reference) {
        references.put(at, reference);
        return target(reference);
    }

    static String target(String reference) {
        return reference.startsWith("#") ? reference.substring(1) : reference;
    }

    void check() {
        references.forEach((at, reference) -> {
            if (!reference.startsWith("#")) {
                mistakes.add(
                        at,
                        "\"%s\" is outside this schema".formatted(Text.shorten(reference, 80)),
                        "Copy it into $defs and refer to it as #/$defs/name");
            } else if (!applied.containsKey(target(reference))) {
                mistakes.add(
                        at,
                        "\"%s\" leads to no schema".formatted(Text.shorten(reference, 80)),
                        Suggest.hint(reference, definitions()));
            }
        });
        checkSizes();
    }

    private void checkSizes() {
        var sizes = new HashMap<String, Long>();
        for (String pointer : applied.keySet()) {
            if (applied(pointer, sizes) > MOST_APPLIED) {
                boolean isEndless = sizes.getOrDefault(pointer, 0L) == Long.MAX_VALUE;
                mistakes.add(
                        pointer,
                        isEndless
                                ? "This refers to itself without looking into the value"
                                : "References make this more than %,d schemas for one value".formatted(MOST_APPLIED),
                        isEndless ? "Put the reference under properties or items" : "Use fewer references");
                return;
            }
        }
    }

    private List<String> definitions() {
        return applied.keySet().stream()
                .filter(pointer -> pointer.matches("/(\\$defs|definitions)/[^/]*"))
                .map(pointer -> "#" + pointer)
                .toList();
    }

    /// How many schemas one value is held against here; the largest number where there is no end to it.
    private long applied(String pointer, Map<String, Long> sizes) {
        Long known = sizes.get(pointer);
        if (known != null) {
            return known;
        }
        // Met again before it is known, it goes in a circle.
        sizes.put(pointer, Long.MAX_VALUE);
        long sum = 1;
        for (String next : applied.getOrDefault(pointer, List.of())) {
            long more = applied(next, sizes);
            sum = more == Long.MAX_VALUE || sum == Long.MAX_VALUE ? Long.MAX_VALUE : sum + more;
            if (sum > MOST_APPLIED) {
                break;
            }
        }
        sizes.put(pointer, sum);
        return sum;
    }
}
