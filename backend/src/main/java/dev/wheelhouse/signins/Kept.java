package dev.wheelhouse.signins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.wheelhouse.base.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of a sign-in, sealed.
record Kept(
        Client client,
        String tokenEndpoint,
        String resource,
        List<String> scopes,
        String access,
        @Nullable String refresh) {

    static Kept of(Consent consent, AskTokens.Tokens tokens) {
        return new Kept(
                consent.client(),
                consent.tokenEndpoint(),
                consent.resource(),
                consent.scopes(),
                tokens.access(),
                tokens.refresh());
    }

    /// A server that gives no new refresh token leaves the old one in force.
    Kept renewed(AskTokens.Tokens tokens) {
        return new Kept(
                client,
                tokenEndpoint,
                resource,
                scopes,
                tokens.access(),
                tokens.refresh() == null ? refresh : tokens.refresh());
    }

    AskTokens.Asked asked(Place place) {
        return new AskTokens.Asked(place, tokenEndpoint, client, resource);
    }

    String written() {
        return Json.write(this);
    }

    /// What a newer version has added is passed over.
    static <T> T read(String text, Class<T> type) {
        try {
            return Json.mapper()
                    .readerFor(type)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was sealed here can be read", e);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
