package dev.wheelhouse.base;

import java.util.regex.Pattern;

/// Who owns data: a short word such as `default`, never changed; the same in keys, rows, logs and metrics.
public record TenantId(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /// The tenant that is there from the start.
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!FORM.matcher(name).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" cannot name a tenant".formatted(Text.shorten(name, 40)),
                    "Use 1 to 31 of a-z, 0-9 and -, beginning with a letter");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
