package dev.wheelhouse.models;

import java.util.List;

/// Tokens of one answer; `cached` is the part of `input` that the provider had kept.
public record TokenUse(long input, long cached, long output) {

    private static final int CHARACTERS_PER_TOKEN = 4;

    // A picture is about as many tokens as a page of text.
    private static final int CHARACTERS_PER_IMAGE = 4_000;

    /// For answers whose tokens nobody counts: four characters each, which is about right for English.
    public static TokenUse guess(ModelCall call, String text, List<ToolRequest> toolCalls) {
        long input = call.instructions().length();
        for (ModelMessage message : call.messages()) {
            input += message.text().length();
            input += message instanceof ModelMessage.User user
                    ? (long) CHARACTERS_PER_IMAGE * user.images().size()
                    : 0;
        }
        for (ToolDescription tool : call.tools()) {
            input += tool.name().length() + tool.description().length();
        }
        long output = text.length();
        for (ToolRequest request : toolCalls) {
            output += request.tool().length() + request.arguments().length();
        }
        return new TokenUse(tokens(input), 0, tokens(output));
    }

    private static long tokens(long characters) {
        return Math.max(1, (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN);
    }
}
