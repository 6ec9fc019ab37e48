package dev.wheelhouse.citations;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.knowledge.Search;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The numbers of passages in conversations, each call in a transaction of one tenant. What an answer quoted goes with
/// it; the documents stay.
@Singleton
final class CitationStore implements Runs.About {

    private final Database database;
    private final CitationRepository citations;

    CitationStore(Database database, CitationRepository citations) {
        this.database = database;
        this.citations = citations;
    }

    /// The passage's number: that which it has in this conversation, or the next one.
    int cite(TenantId tenant, UUID thread, UUID run, Search.Hit hit) {
        return database.as(tenant, () -> citations.cite(thread, run, hit.passage(), hit.text()))
                .orElse(0);
    }

    /// By number.
    List<Citation> find(TenantId tenant, UUID thread, Collection<Integer> numbers) {
        return database.as(tenant, () -> citations.find(thread, Json.write(numbers))).stream()
                .map(CitationRepository.Row::citation)
                .toList();
    }

    @Override
    public void forget(TenantId tenant, List<UUID> runs) {
        database.as(tenant, () -> citations.forget(Json.write(runs)));
    }
}
