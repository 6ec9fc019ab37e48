package dev.wheelhouse.modules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Puts a call into langchain4j's words.
final class TranslateCall {

    private TranslateCall() {}

    /// @param source whose kept attributes may go back
    /// @param takesSchemas whether a schema may go as it is; beside tools it goes in words, for older models
    ///     refuse both
    /// @param without what the server has refused before
    static ChatRequest request(
            ModelCall asked, String model, String source, boolean takesSchemas, Set<Adaptation> without) {
        boolean isNative = takesSchemas && asked.tools().isEmpty() && !without.contains(Adaptation.NO_SCHEMA);
        ModelCall fitted = isNative ? asked : asked.schemaInWords();
        ModelCall call = without.contains(Adaptation.NO_TOOL_CHOICE) ? fitted.callInWords() : fitted;
        var messages = new ArrayList<ChatMessage>();
        if (!call.instructions().isBlank()) {
            messages.add(SystemMessage.from(call.instructions()));
        }
        call.messages().forEach(message -> messages.add(translated(message, source)));
        return ChatRequest.builder()
                .messages(messages)
                .parameters(ChatRequestParameters.builder()
                        .modelName(model)
                        .temperature(without.contains(Adaptation.NO_TEMPERATURE) ? null : call.temperature())
                        .maxOutputTokens(call.maxOutputTokens())
                        .toolSpecifications(call.tools().stream()
                                .map(TranslateCall::translated)
                                .toList())
                        .toolChoice(call.mustCall() && !call.tools().isEmpty() ? ToolChoice.REQUIRED : null)
                        .responseFormat(call.schema() == null ? null : format(call.schema()))
                        .build())
                .build();
    }

    private static ResponseFormat format(JsonNode schema) {
        var named = JsonSchema.builder()
                .name("answer")
                .rootElement(JsonRawSchema.from(schema.toString()))
                .build();
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(named)
                .build();
    }

    private static ChatMessage translated(ModelMessage message, String source) {
        return switch (message) {
            case ModelMessage.User user -> user(user);
            case ModelMessage.Assistant said -> assistant(said, source);
            case ModelMessage.ToolResult result ->
                ToolExecutionResultMessage.builder()
                        .id(result.call())
                        .toolName(result.tool())
                        .text(spoken(result.text()))
                        .isError(result.failed())
                        .build();
        };
    }

    private static UserMessage user(ModelMessage.User user) {
        var contents = new ArrayList<Content>();
        if (user.images().isEmpty() || !user.text().isBlank()) {
            contents.add(TextContent.from(spoken(user.text())));
        }
        user.images().forEach(image -> contents.add(ImageContent.from(image.base64(), image.type())));
        return UserMessage.from(contents);
    }

    private static AiMessage assistant(ModelMessage.Assistant said, String source) {
        var message = AiMessage.builder()
                .text(said.text().isEmpty() && !said.toolCalls().isEmpty() ? null : spoken(said.text()))
                .toolExecutionRequests(
                        said.toolCalls().stream().map(TranslateCall::translated).toList());
        var kept = said.kept();
        if (kept != null && kept.source().equals(source)) {
            var attributes = new LinkedHashMap<String, Object>();
            Json.read(kept.json())
                    .properties()
                    .forEach(field ->
                            attributes.put(field.getKey(), field.getValue().asText()));
            message.attributes(attributes);
        }
        return message.build();
    }

    /// Providers refuse messages without text.
    private static String spoken(String text) {
        return text.isBlank() ? "(nothing)" : text;
    }

    private static ToolExecutionRequest translated(ToolRequest request) {
        return ToolExecutionRequest.builder()
                .id(request.id())
                .name(request.tool())
                .arguments(readable(request.arguments()))
                .build();
    }

    /// Anthropic and some servers read the arguments of earlier calls again and fail on anything but an object.
    private static String readable(String arguments) {
        try {
            if (Json.read(arguments).isObject()) {
                return arguments;
            }
        } catch (Problem notJson) {
            // wrapped below like other values that are not objects
        }
        return Json.write(Map.of("unreadable", arguments));
    }

    private static ToolSpecification translated(ToolDescription tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(schema(tool.schema()))
                .build();
    }

    /// Only the outermost object is taken apart; everything inside goes through as it is.
    private static JsonObjectSchema schema(JsonNode schema) {
        var builder = JsonObjectSchema.builder().addProperties(raw(schema.path("properties")));
        if (schema.path("required").isArray()) {
            var required = new ArrayList<String>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            builder.required(required);
        }
        if (schema.path("additionalProperties").isBoolean()) {
            builder.additionalProperties(schema.path("additionalProperties").booleanValue());
        }
        if (schema.has("$defs")) {
            builder.definitions(raw(schema.path("$defs")));
        }
        return builder.build();
    }

    private static Map<String, JsonSchemaElement> raw(JsonNode schemas) {
        var elements = new LinkedHashMap<String, JsonSchemaElement>();
        schemas.properties()
                .forEach(entry -> elements.put(
                        entry.getKey(), JsonRawSchema.from(entry.getValue().toString())));
        return elements;
    }
}
