package dev.wheelhouse.api;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
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
                        .formatted(code.slug(), code.slug(), code.status(), code.title(), remedy(code)))
                .collect(Collectors.joining());
    }

    /// What stands between backticks is code.
    private static String remedy(ErrorCode code) {
        return code.remedy().replace("&", "&amp;").replace("<", "&lt;").replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    private static String hash(String style) {
        return Base64.getEncoder().encodeToString(Hash.bytes(style));
    }
}
