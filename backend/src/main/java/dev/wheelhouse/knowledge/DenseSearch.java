package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.embeddings.EmbeddingModel;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.knowledge.KnowledgeListener.Part;
import dev.wheelhouse.passages.Language;
import dev.wheelhouse.vectors.VectorIndex;
import dev.wheelhouse.vectors.Vicinity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The side of a search that knows meanings.
@Singleton
final class DenseSearch {

    /// What only its meaning speaks for is shown from here on.
    private static final double LEAST = 0.25;

    private final Embeddings embeddings;
    private final Vicinity vicinity;
    private final List<KnowledgeListener> listeners;

    DenseSearch(Embeddings embeddings, Vicinity vicinity, List<KnowledgeListener> listeners) {
        this.embeddings = embeddings;
        this.vicinity = vicinity;
        this.listeners = listeners;
    }

    /// What is asked. Each model is shown it once.
    static final class Question {

        private final TenantId tenant;
        private final String text;
        private final Map<String, float[]> vectors = new HashMap<>();

        Question(TenantId tenant, String text) {
            this.tenant = tenant;
            this.text = text;
        }
    }

    /// Where to look in each collection. Where the model is away, words alone count, which is said.
    List<Vicinity.Near> near(Question question, List<Scope> scopes, int most, List<String> warnings)
            throws InterruptedException {
        var near = new ArrayList<Vicinity.Near>();
        for (var scope : scopes) {
            if (!scope.model().isEmpty() && scope.passages() > 0) {
                try {
                    near.add(near(question, scope, most));
                } catch (Problem away) {
                    warnings.add("\"%s\" was searched by words alone: %s".formatted(scope.name(), away.message()));
                }
            }
        }
        return near;
    }

    private Vicinity.Near near(Question question, Scope scope, int most) throws InterruptedException {
        var model = embeddings
                .find(scope.model())
                .orElseThrow(() ->
                        new Problem(ErrorCode.NOT_READY, "its model \"%s\" is not here".formatted(scope.model())));
        float[] vector = vector(question, model);
        long begun = System.nanoTime();
        var space =
                new VectorIndex.Space(question.tenant, scope.id(), scope.generation(), scope.epoch(), scope.passages());
        var near = vicinity.near(space, vector, most);
        told(question.tenant, Part.NEAR, begun);
        return near;
    }

    /// These and what is near, with how near each of them is. Read inside of a transaction.
    Map<Long, Parts> withCosines(Map<Long, Parts> fits, List<Vicinity.Near> near) {
        var candidates = new HashMap<>(fits);
        for (var one : near) {
            vicinity.cosines(one, candidates.keySet()).forEach((passage, cosine) -> {
                var parts = candidates.getOrDefault(passage, new Parts(null, null));
                if (parts.lexical() != null || cosine >= LEAST) {
                    candidates.put(passage, parts.with(cosine));
                }
            });
        }
        return candidates;
    }

    private float[] vector(Question question, EmbeddingModel model) throws InterruptedException {
        float[] known = question.vectors.get(model.name());
        if (known == null) {
            long begun = System.nanoTime();
            known = model.embed(List.of(question.text), Purpose.QUESTION).vectors()[0];
            question.vectors.put(model.name(), known);
            told(question.tenant, Part.EMBED, begun);
        }
        return known;
    }

    private void told(TenantId tenant, Part part, long begun) {
        var took = Duration.ofNanos(System.nanoTime() - begun);
        listeners.forEach(listener -> listener.searched(tenant, part, took));
    }

    /// How much the meaning counts in this language, by the model of the passage's collection.
    double weight(Language language, String model) {
        boolean knowsAll =
                embeddings.find(model).map(EmbeddingModel::isMultilingual).orElse(false);
        return knowsAll ? Language.ENGLISH.denseWeight() : language.denseWeight();
    }

    /// The model of these collections, empty for none.
    String model(List<Scope> scopes) {
        return scopes.stream()
                .map(Scope::model)
                .filter(name -> embeddings.find(name).isPresent())
                .findFirst()
                .orElse("");
    }
}
