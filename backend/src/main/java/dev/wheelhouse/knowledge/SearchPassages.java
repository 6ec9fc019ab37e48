package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Collections;
import dev.wheelhouse.knowledge.KnowledgeListener.Part;
import dev.wheelhouse.passages.Bigrams;
import dev.wheelhouse.vectors.Vicinity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Looks for passages: by words in one transaction, by meaning in another, since a question may wait for its model's
/// server between them.
@Singleton
final class SearchPassages {

    /// Of each side.
    private static final int CANDIDATES = 100;

    private final Collections collections;
    private final SearchStore store;
    private final DenseSearch dense;
    private final RankHits rank;
    private final List<KnowledgeListener> listeners;

    SearchPassages(
            Collections collections,
            SearchStore store,
            DenseSearch dense,
            RankHits rank,
            List<KnowledgeListener> listeners) {
        this.collections = collections;
        this.store = store;
        this.dense = dense;
        this.rank = rank;
        this.listeners = listeners;
    }

    /// Refuses collections that are not there, or that this caller must not see, in the same words.
    ///
    /// @param seesAll whether collections for builders only may be searched
    Search.Answer search(TenantId tenant, Search search, boolean seesAll) throws InterruptedException {
        long begun = System.nanoTime();
        int most = search.isFiltered() ? CANDIDATES * 10 : CANDIDATES;
        var words = words(tenant, search, seesAll, most);
        var scopes = words.scopes();
        checkEach(tenant, search.collections(), scopes, seesAll);
        var warnings = new ArrayList<String>();
        List<Vicinity.Near> near = search.mode() == Search.Mode.LEXICAL
                ? List.of()
                : dense.near(new DenseSearch.Question(tenant, search.query()), scopes, most, warnings);
        warnUnfinished(scopes, warnings);
        var found = read(tenant, words.fits(), near);
        var hits = rank.ranked(found.live(), found.candidates(), search, scopes);
        told(tenant, Part.TOTAL, begun);
        if (hits.isEmpty()) {
            listeners.forEach(listener -> listener.foundNothing(tenant));
        }
        int searched = scopes.stream().mapToInt(Scope::passages).sum();
        return new Search.Answer(hits, List.copyOf(warnings), searched, dense.model(scopes));
    }

    private SearchStore.Words words(TenantId tenant, Search search, boolean seesAll, int most) {
        long begun = System.nanoTime();
        Predicate<Scope> isSeen = scope -> seesAll || scope.isForEveryone();
        String query = search.mode() == Search.Mode.DENSE ? null : Bigrams.of(search.query());
        var words = store.words(tenant, search.collections(), isSeen, query, most);
        told(tenant, Part.LEXICAL, begun);
        return words;
    }

    /// @param live those that can be found now
    private record Found(Map<Long, Parts> candidates, List<SearchRepository.Live> live) {}

    private Found read(TenantId tenant, Map<Long, Parts> fits, List<Vicinity.Near> near) {
        long begun = System.nanoTime();
        var found = store.together(tenant, () -> {
            var candidates = dense.withCosines(fits, near);
            return new Found(candidates, store.live(tenant, candidates.keySet()));
        });
        told(tenant, Part.READ, begun);
        return found;
    }

    private void told(TenantId tenant, Part part, long begun) {
        var took = Duration.ofNanos(System.nanoTime() - begun);
        listeners.forEach(listener -> listener.searched(tenant, part, took));
    }

    private static void warnUnfinished(List<Scope> scopes, List<String> warnings) {
        scopes.stream()
                .filter(scope -> scope.unfinished() > 0)
                .forEach(scope -> warnings.add(
                        "%d documents of \"%s\" are still being read".formatted(scope.unfinished(), scope.name())));
    }

    private void checkEach(TenantId tenant, List<String> named, List<Scope> found, boolean seesAll) {
        for (String name : named) {
            if (found.stream().noneMatch(scope -> scope.isCalled(name))) {
                var names = new TreeSet<String>();
                collections.list(tenant).stream()
                        .filter(one -> seesAll || one.visibility() == Collection.Visibility.EVERYONE)
                        .forEach(one -> names.add(one.name()));
                throw new Problem(
                        ErrorCode.NOT_FOUND,
                        "There is no collection \"%s\"".formatted(name),
                        Suggest.hint(name, names));
            }
        }
    }
}
