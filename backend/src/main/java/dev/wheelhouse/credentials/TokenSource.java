package dev.wheelhouse.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Where a token is had, and what is said there.
interface TokenSource {

    /// Such as `https://oauth2.googleapis.com/token`.
    String address();

    /// The fields of the form that asks for a token now.
    Map<String, String> form(Instant now);

    /// As a form is sent.
    static String encoded(Map<String, String> form) {
        return new TreeMap<>(form)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
