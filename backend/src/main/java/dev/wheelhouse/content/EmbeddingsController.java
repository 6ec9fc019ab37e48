package dev.wheelhouse.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.embeddings.EmbeddingModel;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Texts as vectors, as OpenAI's clients ask for them: by the models that collections use.
@TakesAnyQuery
@Controller(value = "/v1", produces = MediaType.ALL)
final class EmbeddingsController {

    private static final int MOST_TEXTS = 2_048;
    private static final int LONGEST_TEXT = 100_000;
    private static final int MOST_DIMENSIONS = 65_536;

    private final Embeddings embeddings;

    EmbeddingsController(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    @Post("/embeddings")
    @RequiresScope(Scope.RUN)
    HttpResponse<?> embed(Caller caller, @Body byte @Nullable [] body) throws InterruptedException {
        var fields = Fields.of(body, Set.of("model", "input", "encoding_format", "dimensions", "user", "input_type"));
        String name = fields.text("model", 200);
        var texts = texts(fields);
        boolean isBase64 = isBase64(fields);
        Integer dimensions = fields.numberOrNull("dimensions", 1, MOST_DIMENSIONS);
        fields.check();
        var model = embeddings.find(name).orElseThrow(() -> missing(name));
        if (dimensions != null && !dimensions.equals(model.dimensions())) {
            fields.refuse(
                    "dimensions",
                    "\"dimensions\" is %d, which \"%s\" is not set to".formatted(dimensions, name),
                    "Leave it out; an operator sets knowledge.embeddings.dimensions");
            fields.check();
        }
        var purpose = "query".equals(fields.textOrNull("input_type", 40)) ? Purpose.QUESTION : Purpose.PASSAGE;
        return JsonResponse.json(answer(name, model.embed(texts, purpose), isBase64));
    }

    private static boolean isBase64(Fields fields) {
        String form = fields.textOrNull("encoding_format", 20);
        if (form != null && !form.equals("float") && !form.equals("base64")) {
            fields.refuse("encoding_format", "\"encoding_format\" is \"%s\"".formatted(form), "Use float or base64");
        }
        return "base64".equals(form);
    }

    private static List<String> texts(Fields fields) {
        JsonNode input = fields.node("input");
        var texts = new ArrayList<String>();
        if (input == null) {
            fields.refuse("input", "\"input\" is missing", "Send a text, or a list of texts");
        } else if (input.isTextual()) {
            texts.add(input.textValue());
        } else {
            input.forEach(one -> texts.add(one.isTextual() ? one.textValue() : ""));
            if (!input.isArray() || input.isEmpty() || input.size() > MOST_TEXTS || texts.contains("")) {
                fields.refuse(
                        "input",
                        "\"input\" must be a text or a list of 1 to %,d texts, none of them empty"
                                .formatted(MOST_TEXTS),
                        "Tokens are not read; clients of LangChain send texts with check_embedding_ctx_length=False");
            }
        }
        if (input != null && input.isTextual() && input.textValue().isEmpty()) {
            fields.refuse("input", "\"input\" is empty", "Send a text, or a list of texts");
        }
        if (texts.stream().anyMatch(text -> text.length() > LONGEST_TEXT)) {
            fields.refuse("input", "A text has more than %,d characters".formatted(LONGEST_TEXT), "Send it in parts");
        }
        return texts;
    }

    private Problem missing(String name) {
        var names = embeddings.names();
        return new Problem(
                ErrorCode.NOT_FOUND,
                "There is no embedding model \"%s\"".formatted(Text.shorten(name, 60)),
                names.isEmpty() ? "An operator sets knowledge.embeddings.provider" : Suggest.hint(name, names));
    }

    private static String answer(String model, EmbeddingModel.Embedded embedded, boolean isBase64) {
        var data = new ArrayList<String>();
        for (float[] vector : embedded.vectors()) {
            var one = new JsonObject().put("object", "embedding").put("index", data.size());
            data.add((isBase64 ? one.put("embedding", base64(vector)) : one.raw("embedding", numbers(vector))).end());
        }
        return new JsonObject()
                .put("object", "list")
                .raw("data", JsonObject.array(data))
                .put("model", model)
                .raw(
                        "usage",
                        new JsonObject()
                                .put("prompt_tokens", embedded.tokens())
                                .put("total_tokens", embedded.tokens())
                                .end())
                .end();
    }

    private static String numbers(float[] vector) {
        var numbers = new StringJoiner(",", "[", "]");
        for (float one : vector) {
            numbers.add(Float.toString(one));
        }
        return numbers.toString();
    }

    /// Floats of four bytes, the lowest first.
    private static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : vector) {
            bytes.putFloat(one);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
