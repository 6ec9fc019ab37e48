package dev.wheelhouse.content;

import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.knowledge.Search;
import dev.wheelhouse.rest.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collections, documents and what a search found, as JSON.
final class KnowledgeJson {

    private KnowledgeJson() {}

    static String collection(Collection collection) {
        var counts = collection.counts();
        return new JsonObject()
                .put("id", collection.id().toString())
                .put("name", collection.name())
                .put("description", collection.description())
                .put("language", collection.language())
                .put("visibility", collection.visibility().word())
                .put("model", collection.model())
                .put("building", collection.building())
                .put("passages", counts.passages())
                .put("documents", counts.documents())
                .put("unfinished", counts.unfinished())
                .put("failed", counts.failed())
                .time("createdAt", collection.createdAt())
                .end();
    }

    static String document(Document document) {
        return whole(document).end();
    }

    static String added(Knowledge.Added added) {
        return whole(added.document()).put("duplicate", added.isDuplicate()).end();
    }

    private static JsonObject whole(Document document) {
        var source = document.source();
        var progress = document.progress();
        var content = document.content();
        var reason = progress.reason();
        return new JsonObject()
                .put("id", document.id().toString())
                .put("collection", document.collection().toString())
                .put("key", document.key())
                .put("version", document.version())
                .put("name", document.name())
                .put("title", document.title())
                .put("source", source.kind())
                .put("url", source.url())
                .put("mediaType", source.mediaType())
                .put("size", source.size())
                .put("state", progress.state().word())
                .raw("stage", stage(progress))
                .put("reason", reason == null ? null : reason.code())
                .put("detail", reason == null ? progress.detail() : detail(reason.sentence(), progress.detail()))
                .put("remedy", reason == null ? null : reason.remedy())
                .put("pages", content.pages())
                .raw(
                        "pagesWithoutText",
                        JsonObject.array(content.emptyPages().stream()
                                .map(String::valueOf)
                                .toList()))
                .raw("warnings", JsonObject.words(content.warnings()))
                .put("passages", content.passages())
                .put("language", content.language())
                .raw("labels", document.labels())
                .put("run", document.run() == null ? null : document.run().toString())
                .put("createdBy", source.createdBy())
                .time("createdAt", document.times().createdAt())
                .time("readyAt", document.times().readyAt());
    }

    private static String detail(String sentence, @Nullable String detail) {
        return detail == null || detail.isBlank() ? sentence : sentence + ": " + detail;
    }

    private static String stage(Document.Progress progress) {
        var longest = progress.stage().longest();
        return new JsonObject()
                .put("name", progress.stage().word())
                .put("done", progress.done())
                .put("total", progress.total())
                .time("since", progress.since())
                .time(
                        "deadline",
                        progress.state().isEnded() ? null : progress.since().plus(longest))
                .end();
    }

    static String answer(Search.Answer answer) {
        return new JsonObject()
                .raw(
                        "hits",
                        JsonObject.array(
                                answer.hits().stream().map(KnowledgeJson::hit).toList()))
                .raw("warnings", JsonObject.words(answer.warnings()))
                .raw(
                        "searched",
                        new JsonObject()
                                .put("passages", answer.searched())
                                .put("model", answer.model())
                                .end())
                .end();
    }

    private static String hit(Search.Hit hit) {
        return new JsonObject()
                .put("passage", hit.passage())
                .put("collection", hit.collection().toString())
                .put("document", hit.document().toString())
                .put("version", hit.version())
                .put("title", hit.title())
                .put("page", hit.page())
                .put("heading", hit.heading())
                .put("text", hit.text())
                .raw("score", number(hit.score()))
                .raw("parts", "{\"lexical\":%s,\"cosine\":%s}".formatted(number(hit.lexical()), number(hit.cosine())))
                .raw("chars", JsonObject.array(List.of("" + hit.from(), "" + hit.to())))
                .end();
    }

    static @Nullable String number(@Nullable Double value) {
        return value == null ? null : String.format(java.util.Locale.ROOT, "%.4f", value);
    }
}
