package dev.wheelhouse.tools;

import dev.wheelhouse.base.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tools that a tenant brought along, beside those of our own.
public interface ForeignTools {

    /// Whether a name, or what a definition writes for one, can only be a tool of these.
    boolean isForeign(String name);

    /// Sorted by name, those that are off included.
    List<Tool> list(TenantId tenant);

    Optional<Tool> find(TenantId tenant, String name);

    /// The names of the tools that an entry of a definition stands for: one, or all that are on for `server.*`.
    List<String> meant(TenantId tenant, String entry);

    /// What is wrong with an entry of a definition, null where nothing is.
    @Nullable
    Mistake mistake(TenantId tenant, String entry);

    /// @param isLasting whether it stays wrong whatever happens elsewhere, as a misspelled name does
    record Mistake(String message, String hint, boolean isLasting) {}
}
