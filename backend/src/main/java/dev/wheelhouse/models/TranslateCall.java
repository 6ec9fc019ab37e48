package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a call into langchain4j's words. What may be set beside the messages differs by provider.
@FunctionalInterface
interface TranslateCall {

    ChatRequestParameters parameters(ModelCall call, List<ToolSpecification> tools);

    default ChatRequest request(ModelCall asked) {
        var call = asked.schemaInWords();
        var messages = new ArrayList<ChatMessage>();
        if (!call.instructions().isBlank()) {
            messages.add(SystemMessage.from(call.instructions()));
        }
        call.messages().forEach(message -> messages.add(translated(message)));
        var tools = call.tools().stream().map(TranslateCall::translated).toList();
        return ChatRequest.builder()
                .messages(messages)
                .parameters(parameters(call, tools))
                .build();
    }

    private static ChatMessage translated(ModelMessage message) {
        return switch (message) {
            case ModelMessage.User user -> UserMessage.from(spoken(user.text()));
            case ModelMessage.Assistant assistant ->
                AiMessage.builder()
                        .text(
                                assistant.text().isEmpty()
                                                && !assistant.toolCalls().isEmpty()
                                        ? null
                                        : spoken(assistant.text()))
                        .toolExecutionRequests(assistant.toolCalls().stream()
                                .map(TranslateCall::translated)
                                .toList())
                        .build();
            case ModelMessage.ToolResult result ->
                ToolExecutionResultMessage.builder()
                        .id(result.call())
                        .toolName(result.tool())
                        .text(spoken(result.text()))
                        .isError(result.failed())
                        .build();
        };
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
