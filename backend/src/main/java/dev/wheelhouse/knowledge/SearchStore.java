package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a search reads, each call in a transaction of one tenant. Words are asked by a function with the owner's sight.
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

    /// Collections by their ids or names, in no order.
    List<Scope> scopes(TenantId tenant, List<String> named) {
        return database.as(tenant, () -> passages.scopes(named.toArray(String[]::new)));
    }

    /// How well the words of passages fit, 0 to 1, for those that they fit best.
    Map<Long, Double> lexical(TenantId tenant, Scope scope, String query, int most) {
        int budget = scope.passages() < FEW ? BUDGET_OF_FEW : BUDGET;
        var found = new HashMap<Long, Double>();
        database.as(tenant, () -> scope.configs().stream()
                        .flatMap(config -> passages.lexical(scope.id(), config, query, budget, CAP, most).stream())
                        .toList())
                .forEach(
                        fit -> found.merge(fit.id(), Math.min(1, fit.score() / Math.max(fit.most(), 1e-9)), Math::max));
        return found;
    }

    /// Those of ready documents only.
    List<SearchRepository.Live> live(TenantId tenant, Collection<Long> ids) {
        return database.as(tenant, () -> passages.live(Json.write(ids)));
    }
}
