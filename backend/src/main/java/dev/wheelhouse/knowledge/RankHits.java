package dev.wheelhouse.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.passages.Language;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Adds up what speaks for each passage by the language of its document, and chooses the best.
@Singleton
final class RankHits {

    private static final int OF_A_DOCUMENT = 3;

    private final DenseSearch dense;

    RankHits(DenseSearch dense) {
        this.dense = dense;
    }

    List<Search.Hit> ranked(
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
