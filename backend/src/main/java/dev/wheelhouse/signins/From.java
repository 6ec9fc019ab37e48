package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import org.jspecify.annotations.Nullable;

/// Who brings an answer: a browser, or a caller. Without it somebody could let others sign in for him.
///
/// @param browser the word that it was given, null for a caller
/// @param tenant of the caller, null for a browser
/// @param by the caller's name, null for a browser
public record From(
        @Nullable String browser,
        @Nullable TenantId tenant,
        @Nullable String by) {

    public static From browser(String word) {
        return new From(word, null, null);
    }

    public static From caller(TenantId tenant, String by) {
        return new From(null, tenant, by);
    }

    void check(OpenSignInRepository.Row row) {
        boolean isBrowser = browser != null && Hash.of(browser).equals(row.browser());
        boolean isCaller = tenant != null
                && tenant.name().equals(row.tenant())
                && row.begunBy().equals(by);
        if (!isBrowser && !isCaller) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "This sign-in was begun elsewhere",
                    "Whoever began it can finish it with this page's address: docs/tools.md");
        }
    }
}
