package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Text;

/// An error that the server answered with, in the protocol's own form.
final class RpcException extends Exception {

    static final int UNSUPPORTED_VERSION = -32022;
    static final int INVALID_PARAMS = -32602;

    private final int status;
    private final transient JsonNode error;

    RpcException(int status, JsonNode error) {
        super(Text.shorten(
                error.isTextual() ? error.asText() : error.path("message").asText("no reason given"), 1_000));
        this.status = status;
        this.error = error;
    }

    int code() {
        return error.path("code").asInt();
    }

    JsonNode data() {
        return error.path("data");
    }

    /// Servers say so in several ways, of which one is the specification's: 404.
    boolean isLostSession() {
        return status == 404
                || status == 400
                        && String.valueOf(getMessage())
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("session");
    }
}
