package dev.wheelhouse.triggers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what others send to `/hooks/{tenant}/{name}`.
@Singleton
public final class Hooks {

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

    /// Bytes of a body, at most.
    public static final int LARGEST = 1 << 20;

    private static final int LONGEST_ECHO = 1_000;
    private static final String ASKED_BACK = "It asks whether the address is right";

    private static final Pattern TENANT = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /// A message of others.
    ///
    /// @param headers the first of each name, in lower case
    public record Message(
            String tenant, String name, Map<String, String> headers, Map<String, String> query, byte[] body) {}

    /// What became of it: a run, the same for each time that it is delivered, or the reason why there is none.
    ///
    /// @param echo what the sender wants to have back, as Slack does before it sends anything; mostly null
    public record Answer(
            String trigger,
            @Nullable RunId run,
            @Nullable String reason,
            @Nullable String echo) {}

    // What others changed is seen here within two seconds. Tenants that are not there are remembered alike, without
    // any.
    private final Cache<TenantId, Map<String, Trigger>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    private final TriggerStore store;
    private final Secrets secrets;
    private final StartTriggered start;
    private final FiringLog log;
    private final List<TriggerListener> listeners;
    private final InstantSource clock;

    Hooks(
            TriggerStore store,
            Secrets secrets,
            StartTriggered start,
            FiringLog log,
            List<TriggerListener> listeners,
            InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.start = start;
        this.log = log;
        this.listeners = listeners;
        this.clock = clock;
    }

    /// Refuses with `unauthenticated` whatever is not verified, in one way for all reasons; with `too_large` and
    /// `bad_request` a body that cannot be read; and as any door does where the run may not be started.
    public Answer take(Message message) {
        if (message.body().length > LARGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The body has %,d bytes".formatted(message.body().length),
                    "Send at most %,d".formatted(LARGEST));
        }
        var tenant = TENANT.matcher(message.tenant()).matches() ? new TenantId(message.tenant()) : null;
        var trigger = tenant == null ? Optional.<Trigger>empty() : find(tenant, message.name());
        if (tenant == null || trigger.isEmpty() || !isVerified(tenant, trigger.get(), message)) {
            listeners.forEach(TriggerListener::refused);
            throw new Problem(
                    ErrorCode.UNAUTHENTICATED,
                    "This webhook is not accepted",
                    "Check its address, its secret and the clock of the sender");
        }
        return taken(tenant, trigger.get(), message);
    }

    private Optional<Trigger> find(TenantId tenant, String name) {
        return Optional.ofNullable(known.get(tenant, this::read).get(name)).filter(Trigger::enabled);
    }

    private Map<String, Trigger> read(TenantId tenant) {
        return store.list(tenant).stream()
                .map(row -> TriggerReader.readStored(row.definition()))
                .filter(trigger -> trigger.hook() != null)
                .collect(Collectors.toMap(Trigger::name, trigger -> trigger));
    }

    /// A trigger of the tenant has changed.
    void forget(TenantId tenant) {
        known.invalidate(tenant);
    }

    private boolean isVerified(TenantId tenant, Trigger trigger, Message message) {
        var hook = java.util.Objects.requireNonNull(trigger.hook());
        if (hook.verify() == Hook.Verify.OPEN) {
            return true;
        }
        try {
            var keys = hook.secrets().stream()
                    .map(name -> secrets.key(tenant, name))
                    .flatMap(Optional::stream)
                    .toList();
            if (keys.isEmpty()) {
                LOG.warn("Trigger {} of {} has no secret that can be opened. Set it again.", trigger.name(), tenant);
            }
            return Signatures.holds(hook, message.headers(), message.body(), keys, clock.instant());
        } catch (Problem e) {
            if (e.code() == ErrorCode.NOT_READY && !secrets.isReady()) {
                LOG.warn("Trigger {} of {} cannot be verified: {}", trigger.name(), tenant, e.message());
                return false;
            }
            throw e;
        }
    }

    private Answer taken(TenantId tenant, Trigger trigger, Message message) {
        String key = key(trigger, message);
        try {
            var given = given(trigger, message);
            String echo = challenge(given);
            if (echo != null) {
                note(tenant, trigger, key, Firing.State.SKIPPED, null, ASKED_BACK);
                return new Answer(trigger.name(), null, ASKED_BACK, echo);
            }
            String against = isPing(trigger, message) ? "It is a ping" : given.against(trigger);
            if (against != null) {
                return filtered(tenant, trigger, key, against);
            }
            var run = start.start(tenant, trigger, key, given.input(trigger), 0);
            return started(tenant, trigger, key, run);
        } catch (Expressions.NoValueException e) {
            failed(tenant, trigger, key, "The input has no value: " + e.getMessage());
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    Text.shorten("The input of the run has no value: " + e.getMessage(), 500),
                    "Change `input` of the trigger, or leave such messages out by `when`");
        } catch (Problem e) {
            if (e.code() != ErrorCode.NOT_READY) {
                failed(tenant, trigger, key, e.sentences());
            }
            throw e;
        }
    }

    /// GitHub says so by a header when a webhook is set up.
    private static boolean isPing(Trigger trigger, Message message) {
        return trigger.hook() != null
                && trigger.hook().verify() == Hook.Verify.GITHUB
                && message.headers().getOrDefault("x-github-event", "").equals("ping");
    }

    /// Slack sends it once to see who lives at the address, signed as all that follows.
    private static @Nullable String challenge(Given given) {
        var body = given.names().path("body");
        boolean isAsked = body.path("type").asText().equals("url_verification")
                && body.path("challenge").isTextual()
                && body.path("challenge").textValue().length() <= LONGEST_ECHO;
        return isAsked ? body.path("challenge").textValue() : null;
    }

    private static Given given(Trigger trigger, Message message) {
        var names = Json.mapper().createObjectNode().put("trigger", trigger.name());
        names.set("body", HookBody.read(message.headers().getOrDefault("content-type", ""), message.body()));
        var headers = names.putObject("headers");
        message.headers().forEach(headers::put);
        var query = names.putObject("query");
        message.query().forEach(query::put);
        return new Given(Source.Kind.WEBHOOK, names);
    }

    /// What tells this delivery from others: what the sender calls it, else its signature, which is that of its
    /// content. One that is neither named nor signed is another one each time.
    private static String key(Trigger trigger, Message message) {
        var form = java.util.Objects.requireNonNull(trigger.hook()).signature();
        String id = form.idHeader() == null ? "" : message.headers().getOrDefault(form.idHeader(), "");
        String sign = form.header().isEmpty() ? "" : message.headers().getOrDefault(form.header(), "");
        String known = id.isBlank() ? sign : "id:" + id;
        return "hook:" + (known.isBlank() ? Ids.next().toString() : Hash.of(known));
    }

    private Answer filtered(TenantId tenant, Trigger trigger, String key, String reason) {
        note(tenant, trigger, key, Firing.State.SKIPPED, null, reason);
        return new Answer(trigger.name(), null, reason, null);
    }

    private Answer started(TenantId tenant, Trigger trigger, String key, Run run) {
        note(tenant, trigger, key, Firing.State.STARTED, run.id(), null);
        return new Answer(trigger.name(), run.id(), null, null);
    }

    private void failed(TenantId tenant, Trigger trigger, String key, String reason) {
        note(tenant, trigger, key, Firing.State.FAILED, null, reason);
    }

    private void note(
            TenantId tenant,
            Trigger trigger,
            String key,
            Firing.State state,
            @Nullable RunId run,
            @Nullable String reason) {
        String why = reason == null ? null : Text.storable(Text.shorten(reason, 500));
        log.add(new AllFiringsRepository.End(
                tenant, trigger.name(), key, state, run == null ? null : run.toString(), why, null));
        listeners.forEach(listener -> listener.fired(tenant, Source.Kind.WEBHOOK, state, Duration.ZERO));
    }
}
