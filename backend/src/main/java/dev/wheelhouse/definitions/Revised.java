package dev.wheelhouse.definitions;

import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the front door of every kind with revisions offers, such as that of agents: a kind says what its [Revisions]
/// are, and adds what is its own.
///
/// @param <D> what a kind makes of a text
public interface Revised<D> {

    Revisions<D> revisions();

    /// Sorted by name, at most 1,000.
    default List<Defined<D>> list(TenantId tenant) {
        return revisions().list(tenant);
    }

    /// Refuses a name that is not there, with the one that was probably meant.
    default Defined<D> get(TenantId tenant, String name) {
        return revisions().get(tenant, name);
    }

    default Optional<Defined<D>> find(TenantId tenant, String name) {
        return revisions().find(tenant, name);
    }

    /// Reads it anew, for who is about to change it.
    default Defined<D> latest(TenantId tenant, String name) {
        return revisions().latest(tenant, name);
    }

    /// The same with its published revision; refuses where none is published.
    default Defined<D> published(TenantId tenant, String name) {
        return revisions().published(tenant, name);
    }

    /// Whether the name is there, with a published revision.
    default boolean isPublished(TenantId tenant, String name) {
        return revisions().isPublished(tenant, name);
    }

    /// The number that a run of this name is pinned to. Refuses a name or a revision that is not there.
    ///
    /// @param revision null for the published one; refused where none is published
    default int pinned(TenantId tenant, String name, @Nullable Integer revision) {
        return revisions().pinned(tenant, name, revision);
    }

    /// Newest first, at most 1,000.
    default List<Revision> revisions(TenantId tenant, String name) {
        return revisions().revisions(tenant, name);
    }

    /// `not_found` where there is no such revision.
    default Revision revision(TenantId tenant, String name, int number) {
        return revisions().revision(tenant, name, number);
    }

    /// Reads a definition without storing it; refuses it with all its mistakes.
    default D check(TenantId tenant, String name, String text) {
        return revisions().check(tenant, name, text);
    }

    /// Stores a new revision unless the newest is identical, and publishes the newest if asked to.
    default Defined<D> put(TenantId tenant, String name, String text, boolean publish) {
        return put(tenant, name, text, publish, Expected.ANYTHING, Authored.NOBODY);
    }

    /// The same, unless somebody else has changed it since it had the version that is expected: `precondition_failed`.
    default Defined<D> put(TenantId tenant, String name, String text, boolean publish, Expected expected) {
        return put(tenant, name, text, publish, expected, Authored.NOBODY);
    }

    default Defined<D> put(TenantId tenant, String name, String text, boolean publish, Expected expected, Authored by) {
        return revisions().put(tenant, name, text, publish, expected, by);
    }

    /// Takes a name away; runs that have begun go on. `precondition_failed` as for [#put].
    default void delete(TenantId tenant, String name, Expected expected) {
        revisions().delete(tenant, name, expected);
    }

    /// `not_found` where there is no such revision, `precondition_failed` as for [#put].
    default Defined<D> publish(TenantId tenant, String name, int revision, Expected expected) {
        return revisions().publish(tenant, name, revision, expected);
    }

    default Defined<D> publish(TenantId tenant, String name, int revision) {
        return publish(tenant, name, revision, Expected.ANYTHING);
    }
}
