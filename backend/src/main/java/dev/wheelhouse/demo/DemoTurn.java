package dev.wheelhouse.demo;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelMessage.Assistant;
import dev.wheelhouse.models.ModelMessage.ToolResult;
import dev.wheelhouse.models.ModelMessage.User;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The conversation since the user's last message, as the demo model sees it.
///
/// A message may hold several requests in a row ("…, then …"); each round of tool calls does one, and the answer at
/// the end tells all results.
record DemoTurn(
        String asked,
        List<ModelMessage.Image> images,
        List<ToolRequest> called,
        List<ToolResult> results,
        int rounds,
        Map<String, ToolDescription> tools) {

    static DemoTurn of(ModelCall call) {
        int last = call.messages().size() - 1;
        while (last >= 0 && !(call.messages().get(last) instanceof User)) {
            last--;
        }
        String asked = last < 0 ? "" : request(call.messages().get(last).text());
        List<ModelMessage.Image> images =
                last >= 0 && call.messages().get(last) instanceof User user ? user.images() : List.of();
        var called = new ArrayList<ToolRequest>();
        var results = new ArrayList<ToolResult>();
        int rounds = 0;
        for (ModelMessage message :
                call.messages().subList(last + 1, call.messages().size())) {
            switch (message) {
                // What an agent looks up by itself was not wished for.
                case ToolResult result when result.call().equals(ToolRequest.RECALL) -> {}
                case Assistant assistant
                when assistant.toolCalls().stream()
                        .anyMatch(wanted -> wanted.id().equals(ToolRequest.RECALL)) -> {}
                case ToolResult result -> results.add(result);
                case Assistant assistant
                when !assistant.toolCalls().isEmpty() -> {
                    called.addAll(assistant.toolCalls());
                    rounds++;
                }
                default -> {}
            }
        }
        var tools = new LinkedHashMap<String, ToolDescription>();
        call.tools().forEach(tool -> tools.put(tool.name(), tool));
        return new DemoTurn(asked, images, called, results, rounds, tools);
    }

    /// Programs put their instructions in front of what a person asks, with a blank line between them.
    private static String request(String text) {
        int end = text.lastIndexOf("\n\n");
        String last = end < 0 ? "" : text.substring(end).strip();
        boolean isAside = last.isEmpty() || DemoPhrases.takesAll(text) || !DemoPhrases.isKnown(last);
        return isAside ? text : last;
    }

    ToolDescription tool(String name) {
        ToolDescription tool = tools.get(name);
        if (tool == null) {
            throw new IllegalStateException("The demo model wanted \"%s\", which was not offered".formatted(name));
        }
        return tool;
    }

    DemoAction wish() {
        List<String> requests = DemoPhrases.requests(asked);
        if (DemoPhrases.isLoop(asked)) {
            return loop();
        }
        return next(requests.subList(firstOpen(requests), requests.size()));
    }

    /// What it does where it has to call a tool, whatever was asked.
    DemoAction forced() {
        var wish = wish();
        if (!(wish instanceof DemoAction.Say) || tools.isEmpty()) {
            return wish;
        }
        String tool = DemoPhrases.named(asked, tools.keySet()).stream()
                .findFirst()
                .orElseGet(() -> tools.keySet().iterator().next());
        return new DemoAction.Tools("", List.of(new DemoAction.Use(tool, DemoPhrases.givenArguments(asked))));
    }

    /// Each round has done one request and the holds in front of it, which belong to it.
    private int firstOpen(List<String> requests) {
        int at = 0;
        for (int done = 0; done < rounds && at < requests.size(); at++) {
            done += DemoPhrases.isHold(requests.get(at)) ? 0 : 1;
        }
        return at;
    }

    private DemoAction next(List<String> open) {
        DemoAction wish = open.isEmpty() ? null : DemoPhrases.of(open.getFirst(), tools.keySet());
        if (wish instanceof DemoAction.Hold hold) {
            boolean isAll = open.size() == 1 && rounds == 0;
            return isAll ? hold : new DemoAction.Hold(hold.name(), next(open.subList(1, open.size())));
        }
        if (wish == null && rounds == 0 && !images.isEmpty()) {
            return new DemoAction.Say(DemoTexts.shown(images));
        }
        if (wish != null && (rounds == 0 || !(wish instanceof DemoAction.Say))) {
            return wish;
        }
        if (rounds == 0 && tools.containsKey(DescribePassages.SEARCH) && DescribePassages.isQuestion(asked)) {
            return new DemoAction.Tools(
                    "",
                    List.of(new DemoAction.Use(
                            DescribePassages.SEARCH,
                            Map.of(
                                    DemoArguments.WHOLE,
                                    Json.mapper().createObjectNode().put("query", asked)))));
        }
        return new DemoAction.Say(
                rounds == 0 ? DemoTexts.whoAmI(asked, tools.keySet()) : DescribeResults.of(called, results));
    }

    /// The same call again and again, until somebody stops it.
    private DemoAction loop() {
        String tool = DemoPhrases.named(asked, tools.keySet()).stream()
                .findFirst()
                .orElseGet(() -> tools.containsKey("clock")
                        ? "clock"
                        : tools.keySet().stream().findFirst().orElse(""));
        return tool.isEmpty()
                ? new DemoAction.Say(DemoTexts.NOTHING_TO_LOOP)
                : new DemoAction.Tools("", List.of(new DemoAction.Use(tool, Map.of())));
    }
}
