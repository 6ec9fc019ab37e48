package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import dev.wheelhouse.programs.Programs;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.secrets.Secret;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The front door: triggers of a tenant, to be read, changed and fired.
@Singleton
public final class Triggers {

    /// The word in a definition.
    public static final String KIND = "trigger";

    private static final int MOST_ATTEMPTS = 10;
    private static final int NEXT = 5;

    private final TriggerStore store;
    private final Programs programs;
    private final Secrets secrets;
    private final Hooks hooks;
    private final FireTriggers fire;
    private final FireEvents events;
    private final Notices notices;

    Triggers(
            TriggerStore store,
            Programs programs,
            Secrets secrets,
            Hooks hooks,
            FireTriggers fire,
            FireEvents events,
            Notices notices) {
        this.store = store;
        this.programs = programs;
        this.secrets = secrets;
        this.hooks = hooks;
        this.fire = fire;
        this.events = events;
        this.notices = notices;
    }

    /// A trigger as people see it.
    ///
    /// @param text its definition as it was written; @param version is 0 for one that is not stored
    /// @param next when a schedule fires next, five times, empty where it does not
    public record Shown(Trigger definition, String text, int version, List<Instant> next, Instant updatedAt) {}

    /// By name.
    public List<Shown> list(TenantId tenant) {
        return store.list(tenant).stream().map(Triggers::shown).toList();
    }

    /// Refuses with `not_found`.
    public Shown get(TenantId tenant, String name) {
        return store.find(tenant, name).map(Triggers::shown).orElseThrow(() -> unknown(tenant, name));
    }

    private Problem unknown(TenantId tenant, String name) {
        var names = store.list(tenant).stream()
                .map(row -> TriggerReader.readStored(row.definition()).name())
                .collect(Collectors.toSet());
        return new Problem(
                ErrorCode.NOT_FOUND,
                "There is no trigger \"%s\"".formatted(Text.shorten(name, 70)),
                Suggest.hint(name, names));
    }

    private static Shown shown(TriggerRepository.Row row) {
        var trigger = TriggerReader.readStored(row.definition());
        return new Shown(trigger, row.definition(), row.version(), next(trigger, row), row.updatedAt());
    }

    /// The slot that is due, and those behind it.
    private static List<Instant> next(Trigger trigger, TriggerRepository.Row row) {
        var schedule = trigger.schedule();
        if (schedule == null || row.dueAt() == null) {
            return List.of();
        }
        return schedule.next(row.dueAt().minusMillis(1), NEXT);
    }

    /// Reads a definition without storing it; refuses it with all its mistakes.
    public Shown check(TenantId tenant, String name, String text) {
        var trigger = read(tenant, name, text, true);
        var now = store.now(tenant);
        var schedule = trigger.schedule();
        return new Shown(trigger, text, 0, schedule == null ? List.of() : schedule.next(now, NEXT), now);
    }

    private Trigger read(TenantId tenant, String name, String text, boolean withSecrets) {
        var trigger = TriggerReader.read(text, target -> refusal(tenant, target));
        Definitions.checkName(trigger.name(), name);
        if (withSecrets && trigger.hook() != null) {
            checkSecrets(tenant, trigger.hook());
        }
        return trigger;
    }

    private @Nullable String refusal(TenantId tenant, Trigger.Target target) {
        try {
            programs.of(new Program.Pin(target.kind(), target.name(), 0)).pin(tenant, target.name(), null);
            return null;
        } catch (Problem e) {
            return e.message();
        }
    }

    /// A file may come before its secrets, a person sets them first.
    private void checkSecrets(TenantId tenant, Hook hook) {
        var known = secrets.list(tenant).stream().map(Secret::name).collect(Collectors.toCollection(TreeSet::new));
        var mistakes = hook.secrets().stream()
                .filter(name -> !known.contains(name))
                .map(name -> Problem.Mistake.at(
                        "/webhook/secret", "There is no secret \"%s\"".formatted(name), "Set it first"))
                .toList();
        if (!mistakes.isEmpty()) {
            throw new Problem(ErrorCode.INVALID_DEFINITION, "The definition names no secret", "Set it first", mistakes);
        }
    }

    /// Stores the definition. A schedule whose times are the same keeps its next slot; another begins with the
    /// first one after now.
    public Shown put(TenantId tenant, String name, String text, Expected expected) {
        return stored(tenant, read(tenant, name, text, true), text, null, expected);
    }

    /// Stores every file of a folder that says it is a trigger and whose text is new to it.
    public void load(TenantId tenant, Path folder) {
        Definitions.load(folder, Set.of(KIND), (name, text) -> load(tenant, name, text));
    }

    private void load(TenantId tenant, String name, String text) {
        String hash = Hash.of(text);
        var there = store.find(tenant, name);
        if (there.isEmpty() || !hash.equals(there.get().loaded())) {
            stored(tenant, read(tenant, name, text, false), text, hash, Expected.ANYTHING);
        }
    }

    private Shown stored(TenantId tenant, Trigger trigger, String text, @Nullable String loaded, Expected expected) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            var there = store.find(tenant, trigger.name());
            var version = there.map(TriggerRepository.Row::version).orElse(null);
            expected.check(TriggerStore.called(trigger.name()), version == null ? null : Integer.toString(version));
            if (there.isEmpty() && store.list(tenant).size() >= TriggerStore.MOST) {
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "There are %,d triggers".formatted(TriggerStore.MOST),
                        "Remove one of them first");
            }
            var due = due(trigger, there, there.map(TriggerRepository.Row::now).orElseGet(() -> store.now(tenant)));
            var change = new TriggerStore.Change(trigger, Text.storable(text), loaded, due);
            if (store.put(tenant, change, version)) {
                changed(tenant);
                return get(tenant, trigger.name());
            }
        }
        throw new Problem(
                ErrorCode.CONFLICT,
                TriggerStore.called(trigger.name()) + " is being changed by others right now",
                "Read it again, then resend your change");
    }

    private static @Nullable Instant due(Trigger trigger, Optional<TriggerRepository.Row> there, Instant now) {
        var schedule = trigger.schedule();
        if (schedule == null || !trigger.enabled()) {
            return null;
        }
        var before = there.map(row -> TriggerReader.readStored(row.definition()).schedule());
        var due = there.map(TriggerRepository.Row::dueAt);
        return due.isPresent() && before.isPresent() && schedule.hasTimesOf(before.get())
                ? due.get()
                : schedule.next(now).orElse(null);
    }

    /// Refuses with `not_found`.
    public void remove(TenantId tenant, String name, Expected expected) {
        if (!store.remove(tenant, name, expected)) {
            throw unknown(tenant, name);
        }
        changed(tenant);
    }

    private void changed(TenantId tenant) {
        hooks.forget(tenant);
        notices.watch(tenant, Notice.Reader.TRIGGERS, events.moments(tenant));
        fire.wake();
    }

    /// Fires now, enabled or not; with the same key once.
    ///
    /// @param given JSON object of what the expressions of its source speak of, null for nothing
    public Firing fire(TenantId tenant, String name, @Nullable String given, @Nullable String idempotencyKey) {
        var trigger = get(tenant, name).definition();
        String key = "now:" + (idempotencyKey == null ? Ids.next().toString() : Hash.of(idempotencyKey));
        var names = given == null ? Json.mapper().createObjectNode() : (ObjectNode) Json.read(given);
        if (trigger.schedule() != null) {
            names.put("slot", store.now(tenant).toString());
        }
        store.add(tenant, name, key, Text.storable(names.toString()));
        fire.wake();
        return store.firing(tenant, name, key).orElseThrow(() -> unknown(tenant, name));
    }

    /// How the firing stands now.
    public Firing firing(TenantId tenant, String name, String key) {
        return store.firing(tenant, name, key).orElseThrow(() -> unknown(tenant, name));
    }

    /// Newest first. `not_found` if there is no such trigger.
    ///
    /// @param before the position of the last one that is known, null to begin
    public Page<Firing> firings(TenantId tenant, String name, @Nullable Long before, int limit) {
        get(tenant, name);
        return store.firings(tenant, name, before == null ? Long.MAX_VALUE : before, limit);
    }
}
