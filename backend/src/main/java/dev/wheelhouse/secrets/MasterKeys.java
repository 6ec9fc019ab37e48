package dev.wheelhouse.secrets;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operator's keys: one wraps the tenants' data keys, and the one before it still unwraps.
record MasterKeys(@Nullable SealingKey current, @Nullable SealingKey previous) {

    /// Where somebody finds out how to set the key.
    static final String HINT = "The operator can set SECRETS_MASTER_KEY or secrets.master-key-file: docs/secrets.md";

    /// A data key as it is stored, and the id of the key that wrapped it.
    record Wrapped(byte[] bytes, String master) {}

    /// Refuses with all that is wrong with the settings, without repeating a key.
    static MasterKeys read(SecretsConfig config) {
        var mistakes = new ArrayList<Problem.Mistake>();
        var current = key("secrets.master-key", config.masterKey(), config.masterKeyFile(), mistakes);
        var previous = key(
                "secrets.previous-master-key", config.previousMasterKey(), config.previousMasterKeyFile(), mistakes);
        if (current == null && previous != null) {
            mistakes.add(Problem.Mistake.at(
                    "secrets.previous-master-key",
                    "There is a previous master key but no current one",
                    "Set secrets.master-key to the new one"));
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(ErrorCode.NOT_READY, "The master keys for secrets are invalid", "Correct them", mistakes);
        }
        return new MasterKeys(current, previous);
    }

    private static @Nullable SealingKey key(
            String name, @Nullable String text, @Nullable String file, List<Problem.Mistake> mistakes) {
        boolean isText = text != null && !text.isBlank();
        boolean isFile = file != null && !file.isBlank();
        if (isText && isFile) {
            mistakes.add(Problem.Mistake.at(name, "The key is set twice", "Set it or " + name + "-file, not both"));
            return null;
        }
        String written = isText ? text : isFile ? read(name + "-file", file, mistakes) : null;
        return written == null ? null : decoded(isFile ? name + "-file" : name, written.strip(), mistakes);
    }

    private static @Nullable String read(String name, String file, List<Problem.Mistake> mistakes) {
        try {
            return Files.readString(Path.of(file.strip()));
        } catch (IOException | InvalidPathException e) {
            mistakes.add(Problem.Mistake.at(
                    name,
                    "\"%s\" cannot be read".formatted(file),
                    "Correct the path, or make the file readable for the process"));
            return null;
        }
    }

    private static @Nullable SealingKey decoded(String name, String text, List<Problem.Mistake> mistakes) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == SealingKey.BYTES) {
                return new SealingKey(bytes);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        mistakes.add(Problem.Mistake.at(name, "Not a key of 32 bytes in Base64", "Make one: openssl rand -base64 32"));
        return null;
    }

    boolean isThere() {
        return current != null;
    }

    Wrapped wrap(TenantId tenant, SealingKey dataKey) {
        var key = required();
        return new Wrapped(key.seal(dataKey.bytes(), place(tenant)), key.id());
    }

    /// Empty where neither key wrapped it, or it was changed or is another tenant's.
    Optional<SealingKey> unwrap(TenantId tenant, Wrapped wrapped) {
        var key = wrapped.master().equals(required().id()) ? required() : previous;
        return key == null || !key.id().equals(wrapped.master())
                ? Optional.empty()
                : key.open(wrapped.bytes(), place(tenant)).map(SealingKey::new);
    }

    private SealingKey required() {
        if (current == null) {
            throw new Problem(ErrorCode.NOT_READY, "Secrets cannot be used: there is no master key", HINT);
        }
        return current;
    }

    private static List<String> place(TenantId tenant) {
        return List.of("data key", tenant.name());
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
