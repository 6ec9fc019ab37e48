package dev.wheelhouse.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Collections;
import dev.wheelhouse.knowledge.KnowledgeListener.Part;
import dev.wheelhouse.passages.Bigrams;
import dev.wheelhouse.passages.Language;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks for passages: by words and by meaning in each collection, then both added up by the language of
/// the document.
@Singleton
final class SearchPassages {

    /// Of each side.
    private static final int CANDIDATES = 100;

    private static final int OF_A_DOCUMENT = 3;

    private final Collections collections;
    private final SearchStore store;
    private final DenseSearch dense;
    private final List<KnowledgeListener> listeners;

    SearchPassages(Collections collections, SearchStore store, DenseSearch dense, List<KnowledgeListener> listeners) {
        this.collections = collections;
        this.store = store;
        this.dense = dense;
        this.listeners = listeners;
    }

    /// Refuses collections that are not there, or that this caller must not see, in the same words.
    ///
    /// @param seesAll whether collections for builders only may be searched
    Search.Answer search(TenantId tenant, Search search, boolean seesAll) throws InterruptedException {
        long begun = System.nanoTime();
        var scopes = scopes(tenant, search.collections(), seesAll);
        var question = new DenseSearch.Question(tenant, search.query());
        var warnings = new ArrayList<String>();
        var candidates = new HashMap<Long, Parts>();
        String query = Bigrams.of(search.query());
        for (var scope : scopes) {
            boolean isFiltered = search.document() != null || !search.labels().isEmpty();
            int most = isFiltered ? CANDIDATES * 10 : CANDIDATES;
            if (search.mode() != Search.Mode.DENSE) {
                long asked = System.nanoTime();
                store.lexical(tenant, scope, query, most)
                        .forEach((id, fits) -> candidates.put(id, new Parts(fits, null)));
                told(tenant, Part.LEXICAL, asked);
            }
            if (search.mode() != Search.Mode.LEXICAL) {
                dense.add(question, scope, most, candidates, warnings);
            }
        }
        scopes.stream()
                .filter(scope -> scope.unfinished() > 0)
                .forEach(scope -> warnings.add(
                        "%d documents of \"%s\" are still being read".formatted(scope.unfinished(), scope.name())));
        long read = System.nanoTime();
        var live = store.live(tenant, candidates.keySet());
        told(tenant, Part.READ, read);
        var hits = ranked(live, candidates, search, scopes);
        told(tenant, Part.TOTAL, begun);
        if (hits.isEmpty()) {
            listeners.forEach(listener -> listener.foundNothing(tenant));
        }
        int searched = scopes.stream().mapToInt(Scope::passages).sum();
        return new Search.Answer(hits, List.copyOf(warnings), searched, dense.model(scopes));
    }

    private void told(TenantId tenant, Part part, long begun) {
        var took = Duration.ofNanos(System.nanoTime() - begun);
        listeners.forEach(listener -> listener.searched(tenant, part, took));
    }

    /// What speaks for a passage.
    record Parts(@Nullable Double lexical, @Nullable Double cosine) {

        Parts with(double cosine) {
            return new Parts(lexical, cosine);
        }

        /// @param weight of the meaning, 0 to 1
        double score(double weight) {
            double words = lexical == null ? 0 : lexical;
            return cosine == null ? words : weight * cosine + (1 - weight) * words;
        }
    }

    private List<Scope> scopes(TenantId tenant, List<String> named, boolean seesAll) {
        var found = store.scopes(tenant, named).stream()
                .filter(scope -> seesAll || scope.isForEveryone())
                .toList();
        for (String name : named) {
            boolean isThere = found.stream()
                    .anyMatch(scope ->
                            scope.name().equals(name) || scope.id().toString().equals(name));
            if (!isThere) {
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
        return found;
    }

    private List<Search.Hit> ranked(
            List<SearchRepository.Live> live, Map<Long, Parts> candidates, Search search, List<Scope> scopes) {
        var models = scopes.stream().collect(Collectors.toMap(Scope::id, Scope::model));
        var hits = new ArrayList<Search.Hit>();
        for (var passage : live) {
            var parts = candidates.get(passage.id());
            if (fits(passage, search) && parts != null) {
                double weight = search.mode() == Search.Mode.DENSE
                        ? 1
                        : dense.weight(
                                Language.of(passage.language()).orElse(Language.OTHER),
                                models.getOrDefault(passage.collection(), ""));
                if (parts.lexical() != null || weight > 0) {
                    hits.add(hit(passage, parts, weight));
                }
            }
        }
        hits.sort(Comparator.comparingDouble(Search.Hit::score).reversed().thenComparingLong(Search.Hit::passage));
        return fewOfEach(hits, search.most());
    }

    private static boolean fits(SearchRepository.Live passage, Search search) {
        if (search.document() != null && !passage.document().equals(search.document())) {
            return false;
        }
        JsonNode labels = search.labels().isEmpty() ? null : Json.read(passage.labels());
        return labels == null
                || search.labels().entrySet().stream().allMatch(label -> label.getValue()
                        .equals(labels.path(label.getKey()).asText(null)));
    }

    private static Search.Hit hit(SearchRepository.Live passage, Parts parts, double weight) {
        return new Search.Hit(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                passage.title(),
                passage.page(),
                passage.from(),
                passage.to(),
                passage.heading(),
                passage.text(),
                parts.score(weight),
                parts.lexical(),
                parts.cosine());
    }

    /// A long document does not fill the list, unless there is nothing else.
    private static List<Search.Hit> fewOfEach(List<Search.Hit> hits, int most) {
        var counts = new HashMap<UUID, Integer>();
        var chosen = new ArrayList<Search.Hit>();
        var rest = new ArrayList<Search.Hit>();
        for (var hit : hits) {
            boolean isFew = counts.merge(hit.document(), 1, Integer::sum) <= OF_A_DOCUMENT;
            (isFew ? chosen : rest).add(hit);
        }
        chosen.addAll(rest);
        return List.copyOf(chosen.subList(0, Math.min(most, chosen.size())));
    }
}
