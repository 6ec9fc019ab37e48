package dev.wheelhouse.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Destination;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Named values that are kept sealed, put into requests by their names, and taken out of whatever comes back.
@Singleton
public final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

    // A value that was changed or removed is gone at once on this replica and within this time on the others.
    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);

    private final SecretStore store;
    private final MasterKeys keys;
    private final Cache<TenantId, OpenSecrets> open =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(KEPT_OPEN).build();

    // While Postgres is away, tools go on for those who had nothing to be scrubbed.
    private final Cache<TenantId, Boolean> without = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    @Inject
    Secrets(SecretStore store, SecretsConfig config) {
        this(store, MasterKeys.read(config));
        ScrubLog.by(this::scrubLine);
    }

    Secrets(SecretStore store, MasterKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /// Whether there is a master key; without one nothing can be set or used.
    public boolean isReady() {
        return keys.isThere();
    }

    /// Wraps anew what the previous master key wrapped, and says whose secrets neither of the keys opens.
    public void prepare() {
        if (keys.current() == null) {
            LOG.info("There is no master key, so agents cannot use secrets. {}.", MasterKeys.HINT);
            return;
        }
        int wrapped = 0;
        var lost = new ArrayList<String>();
        for (var key : store.keysNotOf(keys.current().id())) {
            var dataKey = keys.unwrap(key.tenant(), key.key());
            if (dataKey.isPresent()) {
                store.rewrap(key, keys.wrap(key.tenant(), dataKey.get()));
                wrapped++;
            } else {
                lost.add(key.tenant().name());
            }
        }
        if (wrapped > 0) {
            LOG.info("The data keys of {} tenants are now wrapped by the new master key.", wrapped);
        }
        if (!lost.isEmpty()) {
            LOG.error(
                    "Secrets of {} cannot be opened: another master key wrapped their data keys. Whoever has it sets it"
                            + " as secrets.previous-master-key.",
                    Text.shorten(String.join(", ", lost), 500));
        } else if (keys.previous() != null) {
            LOG.info("The previous master key is no longer needed. It can be removed from the settings.");
        }
    }

    /// By name.
    public List<Secret> list(TenantId tenant) {
        return store.list(tenant);
    }

    /// Sets a value with all that belongs to it; refuses with everything that is wrong at once.
    public Secret put(TenantId tenant, NewSecret wanted) {
        return put(tenant, wanted, Expected.ANYTHING);
    }

    /// The same, unless somebody else has set it since it had the version that is expected.
    public Secret put(TenantId tenant, NewSecret wanted, Expected expected) {
        var mistakes = wanted.mistakes();
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
        var hosts = wanted.destinations().stream().map(Destination::toString).toList();
        byte[] value = wanted.value().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = dataKey(tenant).seal(value, OpenSecrets.place(tenant, wanted.name(), hosts));
        var secret = store.put(tenant, wanted, hosts, sealed, expected);
        without.invalidate(tenant);
        open.invalidate(tenant);
        return secret;
    }

    private SealingKey dataKey(TenantId tenant) {
        var there = store.key(tenant);
        if (there.isEmpty()) {
            store.addKey(tenant, keys.wrap(tenant, SealingKey.fresh()));
            there = store.key(tenant);
        }
        return keys.unwrap(tenant, there.orElseThrow())
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_READY,
                        "Secrets cannot be used: another master key wrapped the data key of \"%s\"".formatted(tenant),
                        "The operator can set that key as SECRETS_PREVIOUS_MASTER_KEY: docs/secrets.md"));
    }

    /// Refuses with `not_found`.
    public void remove(TenantId tenant, String name) {
        remove(tenant, name, Expected.ANYTHING);
    }

    /// The same, unless somebody else has set it since it had the version that is expected.
    public void remove(TenantId tenant, String name, Expected expected) {
        boolean isGone = store.remove(tenant, name, expected);
        open.invalidate(tenant);
        if (!isGone) {
            throw new Problem(ErrorCode.NOT_FOUND, "There is no secret \"%s\"".formatted(Text.shorten(name, 70)));
        }
    }

    /// A header whose value may name secrets as `secret://name`. It goes only to addresses that `to` holds and to which
    /// every one of the secrets is bound.
    public BoundHeader header(TenantId tenant, String name, String value, Predicate<URI> to) {
        var names = Reference.names(value);
        if (names.isEmpty()) {
            return new BoundHeader(name, value, to);
        }
        var secrets = open(tenant);
        var bound = to;
        for (String wanted : names) {
            var hosts = secrets.hosts(wanted);
            bound = bound.and(uri -> hosts.stream().anyMatch(host -> host.contains(uri)));
        }
        return new BoundHeader(name, Reference.fill(value, secrets::forHeader), bound);
    }

    /// The value as the key of a signature that is checked or made here: it goes nowhere. Empty where there is none, or
    /// it cannot be opened. Refuses with `not_ready` where there is no master key.
    public Optional<String> key(TenantId tenant, String name) {
        return open(tenant).value(name);
    }

    /// Refuses to send what `value` names to an address that it is not bound to.
    public void checkBound(TenantId tenant, String value, URI uri) {
        for (String wanted : Reference.names(value)) {
            var hosts = open(tenant).hosts(wanted);
            if (hosts.stream().noneMatch(host -> host.contains(uri))) {
                throw new Problem(
                        ErrorCode.FORBIDDEN,
                        "The secret \"%s\" may not be sent to \"%s://%s\""
                                .formatted(wanted, uri.getScheme(), uri.getRawAuthority()),
                        "Allowed: "
                                + String.join(
                                        ", ",
                                        hosts.stream()
                                                .map(Destination::toString)
                                                .toList()));
            }
        }
    }

    /// What `value` names, also in several lines, for a request to an address that all of it is bound to.
    public String value(TenantId tenant, String value, URI to) {
        if (Reference.names(value).isEmpty()) {
            return value;
        }
        checkBound(tenant, value, to);
        return Reference.fill(value, open(tenant)::whole);
    }

    /// What another package keeps for the tenant as secret as a secret is.
    ///
    /// @param place what it belongs to: it opens only together with that
    public byte[] seal(TenantId tenant, List<String> place, String text) {
        return dataKey(tenant).seal(text.getBytes(StandardCharsets.UTF_8), OpenSecrets.kept(tenant, place));
    }

    /// Empty where it belongs elsewhere, was changed, or another master key wrapped its key.
    public Optional<String> unseal(TenantId tenant, List<String> place, byte[] sealed) {
        return store.key(tenant)
                .flatMap(key -> keys.unwrap(tenant, key))
                .flatMap(key -> key.open(sealed, OpenSecrets.kept(tenant, place)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// Takes the tenant's values out of texts. Asks Postgres at most once in half a minute, and never without a master
    /// key.
    public Scrubber scrubber(TenantId tenant) {
        try {
            return keys.isThere() ? open(tenant).scrubber() : Scrubber.NONE;
        } catch (DatabaseException | Problem e) {
            if (without.getIfPresent(tenant) == null) {
                throw e;
            }
            return Scrubber.NONE;
        }
    }

    /// Lets go of all opened values at once.
    void forget() {
        open.invalidateAll();
    }

    /// A line of the log: all values that were opened lately, whosever they are.
    String scrubLine(String line) {
        String clean = line;
        for (var secrets : open.asMap().values()) {
            clean = secrets.scrubber().scrub(clean);
        }
        return clean;
    }

    private OpenSecrets opened(TenantId tenant) {
        var rows = store.sealed(tenant);
        if (rows.isEmpty()) {
            without.put(tenant, true);
        } else {
            without.invalidate(tenant);
        }
        return OpenSecrets.of(tenant, rows, keys);
    }

    private OpenSecrets open(TenantId tenant) {
        if (!keys.isThere()) {
            throw new Problem(ErrorCode.NOT_READY, "Secrets cannot be used: there is no master key", MasterKeys.HINT);
        }
        return open.get(tenant, this::opened);
    }
}
