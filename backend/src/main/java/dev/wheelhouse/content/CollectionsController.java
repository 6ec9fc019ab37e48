package dev.wheelhouse.content;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.documents.Collection.Visibility;
import dev.wheelhouse.documents.NewCollection;
import dev.wheelhouse.documents.NewDocument;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collections, what is put into them, and searching them.
@Controller(value = "/api/v1/collections", produces = MediaType.ALL)
final class CollectionsController {

    private static final int LONGEST_TEXT = 1_000_000;

    private final Knowledge knowledge;

    CollectionsController(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(knowledge.list(viewer(caller)), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, KnowledgeJson::collection));
    }

    @Post
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> create(Caller caller, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("name", "description", "language", "visibility", "model"));
        var wanted = new NewCollection(
                KnowledgeRequest.name(fields),
                KnowledgeRequest.textOr(fields, "description", 500, ""),
                KnowledgeRequest.language(fields),
                Visibility.of(
                        KnowledgeRequest.choice(fields, "visibility", "everyone", Set.of("everyone", "builders"))),
                fields.textOrNull("model", 200));
        fields.check();
        var made = knowledge.create(caller.tenant(), wanted);
        return JsonResponse.created("/api/v1/collections/" + made.id(), KnowledgeJson.collection(made));
    }

    @Get("/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id) {
        return JsonResponse.json(KnowledgeJson.collection(knowledge.get(viewer(caller), Ids.parse("collection", id))));
    }

    /// What is not named stays.
    @Patch("/{id}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> change(Caller caller, String id, @Body byte @Nullable [] body) {
        var collection = Ids.parse("collection", id);
        knowledge.get(viewer(caller), collection);
        var fields = Fields.of(body, Set.of("description", "visibility", "model"));
        String visibility = fields.has("visibility")
                ? KnowledgeRequest.choice(fields, "visibility", "everyone", Set.of("everyone", "builders"))
                : null;
        var wanted = new Knowledge.Change(
                fields.textOrNull("description", 500),
                visibility == null ? null : Visibility.of(visibility),
                fields.textOrNull("model", 200));
        fields.check();
        return JsonResponse.json(
                KnowledgeJson.collection(knowledge.change(viewer(caller), collection, wanted, caller.name())));
    }

    @Delete("/{id}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<?> delete(Caller caller, String id) {
        knowledge.delete(viewer(caller), Ids.parse("collection", id));
        return HttpResponse.noContent();
    }

    @Get("/{id}/documents")
    @RequiresScope(Scope.READ)
    HttpResponse<String> documents(
            Caller caller, String id, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = knowledge.documents(viewer(caller), Ids.parse("collection", id), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, KnowledgeJson::document));
    }

    /// A text, an address, or the announcement of a file that comes in parts.
    @Post("/{id}/documents")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> add(Caller caller, String id, @Body byte @Nullable [] body) {
        var collection = knowledge.get(viewer(caller), Ids.parse("collection", id));
        var fields = Fields.of(body, Set.of("key", "name", "text", "url", "size", "mediaType", "labels", "crawl"));
        var wanted = KnowledgeRequest.document(fields, caller.name(), LONGEST_TEXT);
        Integer size = fields.numberOrNull("size", 1, Integer.MAX_VALUE);
        KnowledgeRequest.checkOneSource(fields);
        fields.check();
        return added(
                size != null
                        ? knowledge.announce(viewer(caller), collection.id(), wanted, size)
                        : knowledge.add(viewer(caller), collection.id(), wanted));
    }

    /// A file in one piece.
    @Post("/{id}/documents")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> upload(
            Caller caller,
            String id,
            @Part("file") @Nullable CompletedFileUpload file,
            @Part("key") @Nullable String key,
            @Part("labels") @Nullable String labels)
            throws IOException {
        var collection = knowledge.get(viewer(caller), Ids.parse("collection", id));
        if (file == null) {
            throw new Problem(ErrorCode.BAD_REQUEST, "There is no file in the form", "Send it as the field \"file\"");
        }
        String type = file.getContentType().map(MediaType::toString).orElse("");
        var wanted = new NewDocument(
                KnowledgeRequest.key(key),
                KnowledgeRequest.fileName(file.getFilename()),
                type,
                KnowledgeRequest.labels(labels),
                file.getBytes(),
                null,
                caller.name());
        return added(knowledge.add(viewer(caller), collection.id(), wanted));
    }

    private static HttpResponse<String> added(Knowledge.Added added) {
        String json = KnowledgeJson.added(added);
        return added.isDuplicate()
                ? JsonResponse.json(json)
                : JsonResponse.created("/api/v1/documents/" + added.document().id(), json);
    }

    @Post("/search")
    @RequiresScope(Scope.READ)
    HttpResponse<String> search(Caller caller, @Body byte @Nullable [] body) throws InterruptedException {
        var fields = Fields.of(body, Set.of("collections", "query", "k", "filter", "mode"));
        var wanted = KnowledgeRequest.search(fields);
        fields.check();
        return JsonResponse.json(KnowledgeJson.answer(knowledge.search(viewer(caller), wanted)));
    }

    static Knowledge.Viewer viewer(Caller caller) {
        return new Knowledge.Viewer(caller.tenant(), caller.scopes().contains(Scope.BUILD));
    }
}
