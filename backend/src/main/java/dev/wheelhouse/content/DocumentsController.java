package dev.wheelhouse.content;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.rest.JsonObject;
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
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Documents: how far they are, what their pages say, and their end.
@Controller(value = "/api/v1/documents", produces = MediaType.ALL)
final class DocumentsController {

    private final Knowledge knowledge;

    DocumentsController(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Get("/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id) {
        return JsonResponse.json(
                KnowledgeJson.document(knowledge.document(CollectionsController.viewer(caller), parse(id))));
    }

    @Get("/{id}/pages/{n}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> page(Caller caller, String id, String n) {
        int page = Paging.number("The page", n, 1, Integer.MAX_VALUE);
        var text = knowledge
                .page(CollectionsController.viewer(caller), parse(id), page)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_FOUND, "The document has no page %d".formatted(page), "Pages count from 1"));
        return JsonResponse.json(
                new JsonObject().put("page", page).put("text", text).end());
    }

    /// A part of a file that was announced, where the last one ended.
    @Put("/{id}/bytes")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> receive(
            Caller caller, String id, @QueryValue @Nullable String offset, @Body byte @Nullable [] body) {
        var viewer = CollectionsController.viewer(caller);
        knowledge.document(viewer, parse(id));
        int from = offset == null ? 0 : Paging.number("offset", offset, 0, Integer.MAX_VALUE);
        var received = knowledge.receive(viewer, parse(id), from, body == null ? new byte[0] : body);
        return JsonResponse.json(new JsonObject()
                .put("received", received.bytes())
                .raw("document", KnowledgeJson.document(received.document()))
                .end());
    }

    @Delete("/{id}")
    @RequiresScope(Scope.BUILD)
    HttpResponse<?> delete(Caller caller, String id) {
        knowledge.remove(CollectionsController.viewer(caller), parse(id));
        return HttpResponse.noContent();
    }

    @Post("/{id}/cancel")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> cancel(Caller caller, String id) {
        return JsonResponse.json(
                KnowledgeJson.document(knowledge.cancel(CollectionsController.viewer(caller), parse(id))));
    }

    @Post("/{id}/retry")
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> retry(Caller caller, String id) {
        return JsonResponse.json(
                KnowledgeJson.document(knowledge.retry(CollectionsController.viewer(caller), parse(id))));
    }

    private static UUID parse(String id) {
        return Ids.parse("document", id);
    }
}
