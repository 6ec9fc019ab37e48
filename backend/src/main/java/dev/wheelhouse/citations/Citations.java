package dev.wheelhouse.citations;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.knowledge.Search;
import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// The front door: passages by their numbers in a conversation.
@Singleton
public final class Citations {

    private final CitationStore store;

    Citations(CitationStore store) {
        this.store = store;
    }

    /// The passages' numbers in the conversation of this run, in their order: those that they have, or the next ones.
    List<Integer> cite(Run run, List<Search.Hit> hits) {
        return hits.isEmpty()
                ? List.of()
                : store.cite(run.tenant(), run.thread(), run.id().value(), hits);
    }

    /// The passages that a text of this conversation names by `[n]`, by number.
    public List<Citation> of(TenantId tenant, UUID thread, String text) {
        var numbers = Citation.MARK
                .matcher(text)
                .results()
                .map(mark -> Integer.valueOf(mark.group(1)))
                .collect(Collectors.toSet());
        return numbers.isEmpty() ? List.of() : store.find(tenant, thread, numbers);
    }
}
