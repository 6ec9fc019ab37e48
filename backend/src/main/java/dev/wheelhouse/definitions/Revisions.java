package dev.wheelhouse.definitions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What people define and change over time: each change is a numbered revision that never changes again, and one of
/// them is published. The same for every kind of definition; a kind brings its words, its reader and its tables.
///
/// @param <D> what a kind makes of a text
public final class Revisions<D> {

    /// @param word the glossary's word for it, such as `agent`
    /// @param unknown what is said of a name that is not there
    /// @param read refuses a text with all its mistakes, which may be those of one tenant
    /// @param readFile the same for a file, which may name what is only there later
    /// @param readStored reads a text that had none when it was stored
    /// @param name what a definition is named
    public record Kind<D>(
            String word,
            ErrorCode unknown,
            BiFunction<TenantId, String, D> read,
            BiFunction<TenantId, String, D> readFile,
            Function<String, D> readStored,
            Function<D, String> name) {

        /// A kind whose mistakes are the same for every tenant.
        public Kind(
                String word,
                ErrorCode unknown,
                Function<String, D> read,
                Function<String, D> readStored,
                Function<D, String> name) {
            this(word, unknown, (_, text) -> read.apply(text), (_, text) -> read.apply(text), readStored, name);
        }

        private String called(String name) {
            return "%s%s \"%s\""
                    .formatted(word.substring(0, 1).toUpperCase(java.util.Locale.ROOT), word.substring(1), name);
        }
    }

    private record Name(TenantId tenant, String name) {}

    private record Key(TenantId tenant, String name, int revision) {}

    private static final int MOST_ATTEMPTS = 10;

    private final Kind<D> kind;
    private final RevisionStore store;

    // A revision never changes, so it can be cached. Which one is published may be up to 2 s stale on other replicas.
    private final Cache<Key, D> definitions =
            Caffeine.newBuilder().maximumSize(2_000).build();
    private final Cache<Name, Defined<D>> shown = Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    public Revisions(Kind<D> kind, RevisionStore store) {
        this.kind = kind;
        this.store = store;
    }

    /// The glossary's word for one of the kind, such as `agent`.
    public String word() {
        return kind.word();
    }

    /// How messages speak of one, such as `Agent "assistant"`.
    public String called(String name) {
        return kind.called(name);
    }

    /// Sorted by name, at most 1,000.
    public List<Defined<D>> list(TenantId tenant) {
        return store.list(tenant).stream().map(row -> current(tenant, row)).toList();
    }

    /// Refuses a name that is not there, with the one that was probably meant.
    public Defined<D> get(TenantId tenant, String name) {
        return find(tenant, name).orElseThrow(() -> unknown(tenant, name));
    }

    public Optional<Defined<D>> find(TenantId tenant, String name) {
        return Optional.ofNullable(shown.get(
                new Name(tenant, name),
                key -> store.find(tenant, name).map(row -> current(tenant, row)).orElse(null)));
    }

    /// Reads it anew, for who is about to change it.
    public Defined<D> latest(TenantId tenant, String name) {
        shown.invalidate(new Name(tenant, name));
        return get(tenant, name);
    }

    private Problem unknown(TenantId tenant, String name) {
        return new Problem(
                kind.unknown(),
                "There is no %s \"%s\"".formatted(kind.word(), Text.shorten(name, 80)),
                Suggest.hint(name, store.names(tenant)));
    }

    private Defined<D> current(TenantId tenant, RevisionStore.Row row) {
        var definition = definitions.get(new Key(tenant, row.name(), row.revision()), key -> kind.readStored()
                .apply(row.text()));
        return new Defined<>(
                row.name(), row.published(), row.latest(), row.updatedAt(), row.revision(), definition, row.text());
    }

    /// The same with its published revision; refuses where none is published.
    public Defined<D> published(TenantId tenant, String name) {
        var current = get(tenant, name);
        if (current.published() == null) {
            throw new Problem(
                    kind.unknown(),
                    kind.called(name) + " has no published revision",
                    "Publish one, such as revision %d".formatted(current.latest()));
        }
        return current;
    }

    /// Whether the name is there, with a published revision.
    public boolean isPublished(TenantId tenant, String name) {
        return find(tenant, name).map(Defined::published).isPresent();
    }

    /// The number that a run of this name is pinned to. Refuses a name or a revision that is not there.
    ///
    /// @param revision null for the published one; refused where none is published
    public int pinned(TenantId tenant, String name, @Nullable Integer revision) {
        if (revision == null) {
            return published(tenant, name).revision();
        }
        get(tenant, name);
        return revision(tenant, name, revision).number();
    }

    /// What one revision defines; `not_found` where there is no such revision.
    public D definition(TenantId tenant, String name, int revision) {
        return definitions.get(new Key(tenant, name, revision), key -> kind.readStored()
                .apply(revision(tenant, name, revision).text()));
    }

    /// Newest first, at most 1,000.
    public List<Revision> revisions(TenantId tenant, String name) {
        get(tenant, name);
        return store.revisions(tenant, name);
    }

    /// `not_found` where there is no such revision.
    public Revision revision(TenantId tenant, String name, int number) {
        return store.revision(tenant, name, number)
                .orElseThrow(() ->
                        new Problem(ErrorCode.NOT_FOUND, "%s has no revision %d".formatted(kind.called(name), number)));
    }

    /// Reads a definition without storing it; refuses it with all its mistakes.
    public D check(TenantId tenant, String name, String text) {
        return check(name, kind.read().apply(tenant, text));
    }

    /// The same as it would be if it were stored: a revision that has no number yet.
    ///
    /// @param now what is told as its change where it is new
    public Defined<D> preview(TenantId tenant, String name, String text, Instant now) {
        var before = find(tenant, name);
        return new Defined<>(
                name,
                before.map(Defined::published).orElse(null),
                before.map(Defined::latest).orElse(0),
                before.map(Defined::updatedAt).orElse(now),
                0,
                check(tenant, name, text),
                text);
    }

    private D check(String name, D definition) {
        Definitions.checkName(kind.name().apply(definition), name);
        return definition;
    }

    /// Stores a new revision unless the newest is identical, and publishes the newest if asked to. Refuses with
    /// `conflict` where others change it again and again.
    public Defined<D> put(TenantId tenant, String name, String text, boolean publish) {
        return put(tenant, name, text, publish, Expected.ANYTHING, Authored.NOBODY);
    }

    /// The same, unless somebody else has changed it since it had the version that is expected: `precondition_failed`.
    public Defined<D> put(TenantId tenant, String name, String text, boolean publish, Expected expected, Authored by) {
        check(tenant, name, text);
        return store(tenant, name, text, publish, expected, by);
    }

    private Defined<D> store(
            TenantId tenant, String name, String text, boolean publish, Expected expected, Authored by) {
        var precondition = precondition(name, expected);
        for (int attempt = 1; !store.put(tenant, name, Text.storable(text), by, publish, precondition); attempt++) {
            if (attempt == MOST_ATTEMPTS) {
                throw new Problem(
                        ErrorCode.CONFLICT,
                        kind.called(name) + " is being changed by others right now",
                        "Read it again, then resend your change");
            }
        }
        return latest(tenant, name);
    }

    /// `not_found` where there is no such revision.
    public Defined<D> publish(TenantId tenant, String name, int revision) {
        return publish(tenant, name, revision, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed it since it had the version that is expected: `precondition_failed`.
    public Defined<D> publish(TenantId tenant, String name, int revision, Expected expected) {
        get(tenant, name);
        if (!store.publish(tenant, name, revision, precondition(name, expected))) {
            revision(tenant, name, revision);
        }
        return latest(tenant, name);
    }

    /// Takes a name away. Runs that have begun go on by its revisions, and its history stays with them.
    public void delete(TenantId tenant, String name, Expected expected) {
        latest(tenant, name);
        store.delete(tenant, name, precondition(name, expected));
        shown.invalidate(new Name(tenant, name));
    }

    private Consumer<Optional<RevisionStore.Numbers>> precondition(String name, Expected expected) {
        return there -> expected.check(
                kind.called(name), there.map(RevisionStore.Numbers::version).orElse(null));
    }

    /// Stores and publishes every `*.yaml` and `*.yml` file of a folder whose text is new to its name: what people
    /// changed since then stays published across restarts. All mistakes of all files are reported together.
    public void load(TenantId tenant, Path folder) {
        new LoadFolder(folder).load((name, text) -> loadFile(tenant, name, text));
    }

    /// The same for one file.
    public void loadFile(TenantId tenant, String name, String text) {
        if (!store.has(tenant, name, Text.storable(text))) {
            check(name, kind.readFile().apply(tenant, text));
            store(tenant, name, text, true, Expected.ANYTHING, Authored.NOBODY);
        }
    }
}
