package dev.wheelhouse.workflows;

import dev.wheelhouse.definitions.RevisionStore;
import dev.wheelhouse.definitions.Revisions;
import dev.wheelhouse.states.Definition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A workflow with its published revision, or the newest if none is published. `yaml` is the original text.
public record Workflow(
        String name,
        @Nullable Integer published,
        int latest,
        Instant updatedAt,
        int revision,
        Definition definition,
        String yaml) {

    static Workflow of(Revisions.Current<Definition> current) {
        return new Workflow(
                current.name(),
                current.published(),
                current.latest(),
                current.updatedAt(),
                current.revision(),
                current.definition(),
                current.text());
    }

    /// Another one after each change that people see: a new revision, another one published.
    public String version() {
        return new RevisionStore.Numbers(latest, published).version();
    }
}
