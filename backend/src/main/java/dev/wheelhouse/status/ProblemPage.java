package dev.wheelhouse.status;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.http.ProblemBody;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/// The page that a problem's `type` leads to.
final class ProblemPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 15px/1.6 system-ui, sans-serif }
            body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
            h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin: 2rem 0 0 }
            code { font-size: .9em } p { margin: .2rem 0 } :target { border-left: 3px solid #b7862f; padding-left: .6rem }
            """;

    static final String HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Problems · Wheelhouse</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><style>%s</style></head><body>
            <h1>Problems</h1>
            <p>Every refusal is <code>application/problem+json</code> (RFC 9457). Its <code>type</code> leads here,
            its <code>requestId</code> into the operator's log.</p>
            %s</body></html>
            """.formatted(STYLE, list());

    static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; frame-ancestors 'none'";

    private ProblemPage() {}

    private static String list() {
        return Arrays.stream(ErrorCode.values())
                .map(code -> "<section id=\"%s\"><h2><code>%s</code> · %d</h2><p>%s.</p><p>%s</p></section>\n"
                        .formatted(
                                code.slug(),
                                code.slug(),
                                ProblemBody.status(code).getCode(),
                                code.title(),
                                markUp(remedy(code))))
                .collect(Collectors.joining());
    }

    /// What to do, with the address where it is done: messages name only the act.
    private static String remedy(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> "Correct the field or header that is named and send it again.";
            case UNAUTHENTICATED -> "Send `Authorization: Bearer <key>`, or sign in to the console.";
            case CSRF_TOKEN_MISSING -> "Send the `csrfToken` of `GET /api/v1/session` as `X-CSRF-Token`.";
            case FORBIDDEN -> "Use a key that has the scope that is named.";
            case OWN_REQUEST -> "Have somebody else decide, with their own key.";
            case NOT_FOUND -> "Check the id, and that it belongs to your tenant.";
            case UNKNOWN_AGENT ->
                "`GET /api/v1/agents` lists the agents. Publish a revision with "
                        + "`POST /api/v1/agents/{name}/revisions/{n}/publish`.";
            case UNKNOWN_WORKFLOW -> "`GET /api/v1/workflows` lists the workflows and their published revisions.";
            case METHOD_NOT_ALLOWED -> "Use one of the methods in the `Allow` header.";
            case THREAD_BUSY ->
                "Wait until its run has ended, cancel it with `POST /api/v1/runs/{id}/cancel`, or start another thread.";
            case ALREADY_DECIDED -> "`GET /api/v1/approvals/{id}` says who decided and how.";
            case NOT_PAUSABLE -> "Only runs in progress can be paused and resumed.";
            case CONFLICT -> "Use another `Idempotency-Key`, or read what is there.";
            case PRECONDITION_FAILED ->
                "Read it again, compare it with your change, and send the change with the new `ETag` in `If-Match`.";
            case URI_TOO_LONG -> "Send long values in the body.";
            case HEADERS_TOO_LARGE -> "Send fewer or shorter headers; often it is a cookie.";
            case NOT_ACCEPTABLE -> "Accept `application/json`, and `gzip` or `identity`.";
            case EXPECTATION_FAILED -> "Leave the header `Expect` out.";
            case TOO_LARGE -> "Send less; the detail names the limit.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the content type that is named.";
            case INVALID_DEFINITION -> "Correct every line that is named.";
            case INVALID_ARGUMENTS -> "Correct every field that is named.";
            case TOOL_FAILED -> "The detail says what the other side answered; nothing here can mend it.";
            case TOOL_OFF -> "`GET /api/v1/tools` says why; an admin switches it on, on the page Tools.";
            case OVER_BUDGET ->
                "Wait until its period ends, or have an admin raise it with `PATCH /api/v1/budgets/{id}`.";
            case RATE_LIMITED -> "Wait as long as `Retry-After` says.";
            case INTERNAL -> "Give your operator the request id; the log has the cause.";
            case NOT_IMPLEMENTED -> "Leave out what is named: this server does not do it.";
            case VERSION_NOT_SUPPORTED -> "Use HTTP/1.1.";
            case NOT_READY -> "Try again in a moment; `GET /ready` says what is missing.";
        };
    }

    /// Backticks mark code.
    private static String markUp(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String hash(String style) {
        return Base64.getEncoder().encodeToString(Hash.bytes(style));
    }
}
