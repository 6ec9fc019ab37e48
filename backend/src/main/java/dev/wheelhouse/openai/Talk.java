package dev.wheelhouse.openai;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.images.Image;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A conversation as a client sends it, message by message, in the shape in which a run begins with it.
///
/// System messages count as said by the client: the agent's own instructions stay what they are. One behind the last
/// message of the user goes before it. Each call is followed by its result.
final class Talk {

    private static final String INSTRUCTIONS = "\"instructions\":true";

    private final List<StartRuns.Said> said = new ArrayList<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, String> results = new HashMap<>();
    private int lastUser = -1;

    List<StartRuns.Said> said() {
        return said;
    }

    void system(String content) {
        if (content.isBlank()) {
            return;
        }
        var message = new StartRuns.Said("system", content);
        if (lastUser >= 0 && lastUser == said.size() - 1) {
            said.add(lastUser++, message);
        } else {
            said.add(message);
        }
    }

    /// What a request asks for besides the conversation; of a request before, it no longer counts.
    void instructions(String content) {
        said.removeIf(message -> message.role().equals("system") && INSTRUCTIONS.equals(message.more()));
        said.addFirst(new StartRuns.Said("system", content, INSTRUCTIONS));
        lastUser = said.size() - 1;
        while (lastUser >= 0 && !said.get(lastUser).role().equals("user")) {
            lastUser--;
        }
    }

    void user(String content, List<Image> images) {
        results.clear();
        lastUser = said.size();
        said.add(new StartRuns.Said("user", content, null, images));
    }

    void assistant(String content) {
        results.clear();
        if (!content.isEmpty()) {
            said.add(new StartRuns.Said("assistant", content));
        }
    }

    /// Calls of one answer, each with id, name and arguments.
    void calls(String content, List<ToolCall> calls) {
        results.clear();
        var all = new ArrayList<String>();
        for (var call : calls) {
            open.put(call.id, call.tool);
            all.add(new JsonObject()
                    .put("id", call.id)
                    .put("name", call.tool)
                    .put("arguments", call.arguments)
                    .end());
        }
        said.add(new StartRuns.Said("assistant", content, "\"toolCalls\":" + JsonObject.array(all)));
    }

    record ToolCall(String id, String tool, String arguments) {}

    /// False where no call waits for it.
    boolean result(String id, String content) {
        String tool = open.remove(id);
        if (tool == null) {
            return false;
        }
        results.put(id, content);
        said.add(new StartRuns.Said("tool", content, "\"call\":" + Json.quote(id) + ",\"tool\":" + Json.quote(tool)));
        return true;
    }

    /// What was said before, as a run has it in its input.
    void before(String input) {
        for (var message : Json.read(input)) {
            String role = message.path("role").asText();
            String content = message.path("content").asText();
            var node = message.deepCopy();
            ((com.fasterxml.jackson.databind.node.ObjectNode) node).remove(List.of("role", "content"));
            String more = node.toString();
            lastUser = role.equals("user") ? said.size() : lastUser;
            said.add(new StartRuns.Said(role, content, node.isEmpty() ? null : more.substring(1, more.length() - 1)));
        }
    }

    /// Calls that have no result where another message follows.
    void checkAnswered(Fields where, String field) {
        open.keySet()
                .forEach(id -> where.refuse(
                        field,
                        "The call \"%s\" before this has no result".formatted(id),
                        "Send one result for each call"));
        open.clear();
    }

    /// A model can only be asked after a user or a tool has spoken.
    void checkEnd(Fields fields, String field) {
        checkAnswered(fields, field);
        String last = said.isEmpty() ? "" : said.getLast().role();
        if (!last.equals("user") && !last.equals("tool")) {
            fields.refuse(
                    field,
                    "The last message must be from the user, or the result of a tool",
                    "End the list with a message of role user");
        }
    }

    /// Where the conversation ends with results of calls that one run has made, those.
    Asked.@Nullable Results results() {
        Asked.Results all = null;
        for (var result : results.entrySet()) {
            var place = Place.read(Place.CALL, result.getKey()).orElse(null);
            if (place == null || all != null && !all.run().equals(place.run())) {
                return null;
            }
            all = all == null ? new Asked.Results(place.run(), new HashMap<>()) : all;
            all.bySteps().put(place.step(), result.getValue());
        }
        return all;
    }
}
