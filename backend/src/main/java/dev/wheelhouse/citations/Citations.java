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

    /// The passage's number in the conversation of this run: that which it has, or the next one.
    int cite(Run run, Search.Hit hit) {
        return store.cite(run.tenant(), run.thread(), run.id().value(), hit);
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
