package dev.wheelhouse.base;

import java.util.regex.Pattern;

/// The owner of data: a short name such as `default` that never changes and is the same in keys, rows, logs and
/// metrics.
public record TenantId(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /// The tenant that exists from the start.
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!FORM.matcher(name).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is not a valid tenant id".formatted(Text.shorten(name, 40)),
                    "Use 1 to 31 characters from a-z, 0-9 and -, starting with a letter");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
