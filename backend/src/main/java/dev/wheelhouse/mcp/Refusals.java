package dev.wheelhouse.mcp;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Sending;
import java.util.regex.Pattern;

/// Answers that say no before any of the protocol is spoken, in words that name what to do.
final class Refusals {

    private static final Pattern REASON = Pattern.compile("(error_description|error|scope)=\"([^\"]{1,200})\"");

    private Refusals() {}

    static void check(McpServer server, Sending.Head head) {
        switch (head.status()) {
            case 401 ->
                throw new ChallengedException(
                        head,
                        "\"%s\" does not accept %s%s".formatted(server.url(), credentials(server), reason(head)),
                        server.credentials().isEmpty()
                                ? "Set a secret, and name it in a header of the tool server as secret://name"
                                : "Set the secret again, with a value that the server accepts");
            case 403 ->
                throw new ChallengedException(
                        head,
                        "\"%s\" knows %s but does not allow this%s"
                                .formatted(server.url(), credentials(server), reason(head)),
                        "Give them the permissions that the server wants, or use others");
            case 429, 503 ->
                throw new RefusedException(
                        "\"%s\" has too much to do (%d)".formatted(server.url(), head.status()),
                        head.header("retry-after").matches("\\d{1,6}")
                                ? "Try again in %s s".formatted(head.header("retry-after"))
                                : "Try again later");
            default -> {}
        }
    }

    private static String credentials(McpServer server) {
        return server.credentials().isEmpty() ? "requests without credentials" : server.credentials();
    }

    private static String reason(Sending.Head head) {
        var said = new StringBuilder();
        REASON.matcher(head.header("www-authenticate")).results().forEach(part -> said.append(
                        said.isEmpty() ? ": " : ", ")
                .append(part.group(1).equals("scope") ? "it wants the scope " : "")
                .append(part.group(2)));
        return said.toString();
    }

    static Problem notTheProtocol(McpServer server, Sending.Head head, String start) {
        String type = head.type().isEmpty() ? "nothing" : head.type();
        String body = start.isBlank() ? "" : ": " + Text.shorten(start.strip().replaceAll("\\s+", " "), 150);
        return new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" answered %d with %s%s".formatted(server.url(), head.status(), type, body),
                "Check that this is the address of an MCP server over Streamable HTTP");
    }
}
