package dev.wheelhouse.citations;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
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

    /// The passages' numbers in their order: those that they have in this conversation, or the next ones.
    List<Integer> cite(TenantId tenant, UUID thread, UUID run, List<Search.Hit> hits) {
        var quoted = hits.stream()
                .map(hit -> new CitationRepository.Quoted(hit.passage(), hit.text()))
                .toList();
        return database.as(tenant, () -> citations.cite(thread, run, new Columns<>(quoted).json()));
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
