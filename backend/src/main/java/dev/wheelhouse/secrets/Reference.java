package dev.wheelhouse.secrets;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds `secret://name` in texts.
final class Reference {

    private static final Pattern FORM = Pattern.compile("secret://([a-z][a-z0-9-]{0,62})");

    private Reference() {}

    static List<String> names(String text) {
        return FORM.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /// What stands in a value is not looked at again.
    static String fill(String text, UnaryOperator<String> value) {
        return FORM.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
    }
}
