package dev.wheelhouse.api;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.ProblemBody;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;

/// What a person reads who comes back from an authorization server with nothing. It works without the console.
final class SignInPage {

    private SignInPage() {}

    /// @param tools where the person can begin again
    static HttpResponse<String> refused(Problem problem, String tools) {
        String page = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Not signed in</title>
                <style>body{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}</style>
                <h1>Not signed in</h1>
                <p>%s</p>
                <p><a href="%s">Back to the tools</a></p>
                </html>
                """.formatted(escaped(problem.sentences()), escaped(tools));
        return HttpResponse.<String>status(ProblemBody.status(problem.code()))
                .contentType(MediaType.TEXT_HTML_TYPE)
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .body(page);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
