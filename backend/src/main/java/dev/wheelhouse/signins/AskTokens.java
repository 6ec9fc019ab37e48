package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.BoundHeader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Asks a token endpoint, and shows it who asks.
record AskTokens(Fetch fetch, Values values, InstantSource clock) {

    /// Puts in the secrets that a text names, for an address that they may be sent to.
    @FunctionalInterface
    interface Values {
        String of(Place place, String text, URI to);
    }

    /// What a token endpoint gave out.
    ///
    /// @param refresh null where it gave none
    /// @param seconds for which the access token is good, 0 where it does not say
    record Tokens(String access, @Nullable String refresh, long seconds) {
        @Override
        public String toString() {
            return "[REDACTED]";
        }
    }

    /// An authorization server gives no token, and will not by being asked once more.
    static final class RefusedException extends Exception {

        private final transient Problem problem;

        RefusedException(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /// Who is asked by whom, and for which resource.
    record Asked(Place place, String endpoint, Client client, String resource) {}

    Tokens byCode(Asked asked, String code, String verifier) throws RefusedException {
        var form = form("authorization_code", asked);
        form.put("code", code);
        form.put("code_verifier", verifier);
        form.put("redirect_uri", asked.client().redirect());
        return tokens(asked, form);
    }

    /// The scopes stay what they are.
    Tokens byRefreshing(Asked asked, String refresh) throws RefusedException {
        var form = form("refresh_token", asked);
        form.put("refresh_token", refresh);
        return tokens(asked, form);
    }

    Tokens byItself(Asked asked, List<String> scopes) throws RefusedException {
        var form = form("client_credentials", asked);
        if (!scopes.isEmpty()) {
            form.put("scope", String.join(" ", scopes));
        }
        return tokens(asked, form);
    }

    private static Map<String, String> form(String grant, Asked asked) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", grant);
        form.put("resource", asked.resource());
        return form;
    }

    private Tokens tokens(Asked asked, Map<String, String> form) throws RefusedException {
        URI uri = asked.place().checked("token endpoint", asked.endpoint());
        var bound = prove(asked, uri, form);
        var answer = fetch.form(asked.place(), uri, form, bound);
        String access = answer.text("access_token");
        if (!answer.isGood() || access.isEmpty()) {
            throw refused(asked, answer);
        }
        if (!answer.text("token_type").equalsIgnoreCase("bearer") || !isSendable(access)) {
            throw new RefusedException(new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" gave out a token of the type \"%s\", which cannot be sent here"
                            .formatted(asked.client().issuer(), Text.shorten(answer.text("token_type"), 40)),
                    "Ask for bearer tokens there"));
        }
        String refresh = answer.text("refresh_token");
        return new Tokens(access, refresh.isEmpty() ? null : refresh, seconds(answer.text("expires_in")));
    }

    private List<BoundHeader> prove(Asked asked, URI uri, Map<String, String> form) {
        var client = asked.client();
        var bound = new ArrayList<BoundHeader>();
        switch (client.proof()) {
            case NONE -> form.put("client_id", client.id());
            case POST -> {
                form.put("client_id", client.id());
                form.put("client_secret", secret(asked, uri));
            }
            case BASIC -> {
                String pair = Fetch.encoded(client.id()) + ":" + Fetch.encoded(secret(asked, uri));
                String value = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
                bound.add(new BoundHeader("Authorization", "Basic " + value, uri::equals));
            }
            case KEY -> {
                String key = Objects.requireNonNull(asked.place().wanted().privateKey());
                form.put("client_id", client.id());
                form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                form.put(
                        "client_assertion",
                        SignAssertion.of(
                                client.id(), client.issuer(), values.of(asked.place(), key, uri), clock.instant()));
            }
        }
        return bound;
    }

    private String secret(Asked asked, URI uri) {
        String secret = Objects.requireNonNullElse(asked.client().secret(), "");
        return asked.client().defined() ? values.of(asked.place(), secret, uri) : secret;
    }

    private static boolean isSendable(String token) {
        return token.chars().allMatch(letter -> letter > ' ' && letter < 127);
    }

    private static long seconds(String text) {
        return text.matches("\\d{1,9}(\\.0+)?") ? (long) Double.parseDouble(text) : 0;
    }

    /// A server that is busy or broken says nothing about the client.
    private static RefusedException refused(Asked asked, Fetch.Answer answer) {
        String words = "%s %s"
                .formatted(answer.text("error"), answer.text("error_description"))
                .strip();
        var problem = new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" gives no token for \"%s\": it answered %d%s"
                        .formatted(
                                asked.client().issuer(),
                                asked.place().server(),
                                answer.status(),
                                words.isEmpty() ? "" : " " + Text.shorten(words, 300)),
                hint(answer));
        if (answer.status() >= 500 || answer.status() == 429) {
            throw problem;
        }
        return new RefusedException(problem);
    }

    private static @Nullable String hint(Fetch.Answer answer) {
        return switch (answer.text("error")) {
            case "invalid_grant" -> "Sign in again on the page Tools";
            case "invalid_client", "unauthorized_client" ->
                "Check signIn in the definition, or sign in again: that registers the platform once more";
            case "invalid_scope" -> "Name scopes that it knows in signIn.scopes of the definition";
            default -> answer.status() >= 500 || answer.status() == 429 ? "Try again later" : null;
        };
    }
}
