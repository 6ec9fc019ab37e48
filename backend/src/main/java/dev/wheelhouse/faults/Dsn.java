package dev.wheelhouse.faults;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a project takes envelopes, and the key that it wants to see.
///
/// @param url of the envelopes
record Dsn(String url, String key) {

    private static final Pattern PATH = Pattern.compile("(/(?:[^/]+/)*)(\\d+)/?");

    /// `https://key@host:port/folder/number`. A secret key of old, after a colon, is passed over.
    static Optional<Dsn> parse(String text) {
        try {
            var uri = URI.create(text.strip());
            String user = uri.getUserInfo();
            var path = PATH.matcher(uri.getPath() == null ? "" : uri.getPath());
            if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    || uri.getHost() == null
                    || user == null
                    || !user.matches("[A-Za-z0-9]+(:.*)?")
                    || !path.matches()) {
                return Optional.empty();
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String url = "%s://%s%s%sapi/%s/envelope/"
                    .formatted(uri.getScheme(), uri.getHost(), port, path.group(1), path.group(2));
            return Optional.of(new Dsn(url, user.replaceFirst(":.*", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
