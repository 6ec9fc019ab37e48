package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a search reads, in transactions of one tenant. Words are asked by a function with the owner's sight.
@Singleton
final class SearchStore {

    /// Candidates that the rarest words may have together; more among few passages.
    private static final int BUDGET = 500;

    private static final int BUDGET_OF_FEW = 1_000;
    private static final int FEW = 20_000;
    private static final int CAP = 5_000;

    private final Database database;
    private final SearchRepository passages;

    SearchStore(Database database, SearchRepository passages) {
        this.database = database;
        this.passages = passages;
    }

    /// Runs reads of several stores in one transaction: each of its own would wait for Postgres twice more.
    <T> T together(TenantId tenant, Supplier<T> reads) {
        return database.as(tenant, reads);
    }

    /// What was asked, and how well the words of its passages fit, for those that they fit best.
    record Words(List<Scope> scopes, Map<Long, Parts> fits) {}

    /// Collections by their ids or names, in no order, and what fits in those that are seen.
    ///
    /// @param query null where words do not count
    Words words(TenantId tenant, List<String> named, Predicate<Scope> isSeen, @Nullable String query, int most) {
        return database.as(tenant, () -> {
            var scopes = passages.scopes(named.toArray(String[]::new)).stream()
                    .filter(isSeen)
                    .toList();
            var asked =
                    new Columns<>(scopes.stream().flatMap(SearchStore::asked).toList());
            return new Words(
                    scopes,
                    query == null || asked.rows().isEmpty()
                            ? Map.of()
                            : best(passages.lexical(asked.json(), query, CAP, most)));
        });
    }

    private static Stream<SearchRepository.Asked> asked(Scope scope) {
        int budget = scope.passages() < FEW ? BUDGET_OF_FEW : BUDGET;
        return scope.configs().stream().map(config -> new SearchRepository.Asked(scope.id(), config, budget));
    }

    private static Map<Long, Parts> best(List<SearchRepository.Fit> found) {
        var best = new HashMap<Long, Double>();
        found.forEach(fit -> best.merge(fit.id(), Math.min(1, fit.score() / Math.max(fit.most(), 1e-9)), Math::max));
        var parts = new HashMap<Long, Parts>();
        best.forEach((id, fits) -> parts.put(id, new Parts(fits, null)));
        return parts;
    }

    /// Those of ready documents only.
    List<SearchRepository.Live> live(TenantId tenant, Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : database.as(tenant, () -> passages.live(Json.write(ids)));
    }
}
