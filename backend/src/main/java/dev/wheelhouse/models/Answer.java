package dev.wheelhouse.models;

import java.util.List;

/// What one try brought. `counted` is false where the provider kept the token counts to itself and ours is a guess.
public record Answer(String text, List<ToolRequest> toolCalls, String finish, TokenUse use, boolean counted) {}
