import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Speaks by langchain4j; see protocol.mjs for what it reads and writes. */
class Langchain4j {

    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                JsonNode request = JSON.readTree(line);
                threads.submit(() -> answer(request));
            }
        }
        System.exit(0);
    }

    static void answer(JsonNode request) {
        ObjectNode result = JSON.createObjectNode().put("id", request.path("id").asInt());
        long begun = System.currentTimeMillis();
        try {
            if (request.path("stream").asBoolean()) {
                stream(request, result);
            } else {
                whole(request, result);
            }
        } catch (Throwable error) {
            var cause = error.getCause() == null ? error : error.getCause();
            result.put("error", String.valueOf(cause));
        }
        result.put("ms", System.currentTimeMillis() - begun);
        synchronized (JSON) {
            System.out.println(result);
        }
    }

    static Duration timeout(JsonNode request) {
        return Duration.ofMillis(request.path("timeout").asLong(60_000));
    }

    static List<ChatMessage> messages(JsonNode request) {
        var messages = new ArrayList<ChatMessage>();
        for (var message : request.path("messages")) {
            String content = message.path("content").asText();
            messages.add(
                    switch (message.path("role").asText()) {
                        case "system" -> SystemMessage.from(content);
                        case "assistant" -> AiMessage.from(content);
                        default -> message.path("content").isArray() ? parts(message) : UserMessage.from(content);
                    });
        }
        return messages;
    }

    static UserMessage parts(JsonNode message) {
        var contents = new ArrayList<Content>();
        for (var part : message.path("content")) {
            String url = part.path("image_url").path("url").asText();
            contents.add(url.isEmpty() ? TextContent.from(part.path("text").asText()) : ImageContent.from(url));
        }
        return UserMessage.from(contents);
    }

    static void whole(JsonNode request, ObjectNode result) throws Exception {
        var model = OpenAiChatModel.builder()
                .httpClientBuilder(JdkHttpClient.builder()
                        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)))
                .baseUrl(System.getenv("BASE_URL"))
                .apiKey(System.getenv("API_KEY"))
                .modelName(request.path("model").asText("assistant"))
                .timeout(timeout(request))
                .maxRetries(request.path("retries").asInt(2))
                .customHeaders(headers(request))
                .build();
        var said = new ArrayList<>(messages(request));
        var tools = new ArrayList<ToolSpecification>();
        if (request.path("tools").asBoolean()) {
            tools.add(ToolSpecification.builder()
                    .name("get_weather")
                    .description("Tells the weather of a city")
                    .parameters(JsonObjectSchema.builder()
                            .addStringProperty("city")
                            .required("city")
                            .build())
                    .build());
        }
        int calls = 0;
        for (int turn = 0; turn < 5; turn++) {
            var answer = model.chat(ChatRequest.builder()
                    .messages(said)
                    .toolSpecifications(tools)
                    .build());
            var message = answer.aiMessage();
            if (!message.hasToolExecutionRequests()) {
                result.put("text", message.text()).put("calls", calls).put("finish", "stop");
                result.put("usage", answer.tokenUsage().totalTokenCount());
                return;
            }
            said.add(message);
            for (var call : message.toolExecutionRequests()) {
                calls++;
                String city = JSON.readTree(call.arguments()).path("city").asText();
                said.add(ToolExecutionResultMessage.from(call, "It is 21 degrees in " + city));
            }
        }
    }

    static Map<String, String> headers(JsonNode request) {
        return JSON.convertValue(request.path("headers"), Map.class) == null
                ? Map.of()
                : JSON.convertValue(request.path("headers"), Map.class);
    }

    static void stream(JsonNode request, ObjectNode result) throws Exception {
        var model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(JdkHttpClient.builder()
                        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)))
                .baseUrl(System.getenv("BASE_URL"))
                .apiKey(System.getenv("API_KEY"))
                .modelName(request.path("model").asText("assistant"))
                .timeout(timeout(request))
                .customHeaders(headers(request))
                .build();
        var done = new CompletableFuture<ChatResponse>();
        var text = new StringBuilder();
        model.chat(messages(request), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                text.append(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                done.completeExceptionally(error);
            }
        });
        var response = done.get();
        result.put("text", text.toString()).put("finish", "stop");
        result.put("usage", response.tokenUsage() == null ? null : response.tokenUsage().totalTokenCount());
    }
}
