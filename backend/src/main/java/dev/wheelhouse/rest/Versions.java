package dev.wheelhouse.rest;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions of what people edit: as `ETag` of what is read, and in `If-Match` of what is sent back.
public final class Versions {

    /// The weak form is the same version: proxies make it of any that they compress.
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"\\s*(?:,|$)");

    private Versions() {}

    /// What is there, or 304 for who has it already.
    public static HttpResponse<String> read(HttpHeaders headers, String version, String json) {
        String known = headers.get("If-None-Match");
        boolean isKnown = known != null
                && (known.strip().equals("*") || tags("If-None-Match", known).contains(version));
        return isKnown ? tag(HttpResponse.notModified(), version) : tag(JsonResponse.json(json), version);
    }

    public static <T> MutableHttpResponse<T> tag(MutableHttpResponse<T> response, String version) {
        return response.header("ETag", '"' + version + '"').header("Cache-Control", "no-cache");
    }

    /// What the change in a request was made from.
    public static Expected expected(HttpHeaders headers) {
        String match = headers.get("If-Match");
        String none = headers.get("If-None-Match");
        if (none != null && !none.strip().equals("*")) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "If-None-Match is \"%s\"".formatted(Text.shorten(none, 60)),
                    "Send * to make something new, or If-Match with the ETag of what you change");
        }
        if (none != null) {
            return Expected.NOTHING;
        }
        return match == null ? Expected.ANYTHING : new Expected(match(match));
    }

    private static Set<String> match(String match) {
        return match.strip().equals("*") ? Set.of("*") : tags("If-Match", match);
    }

    private static Set<String> tags(String header, @Nullable String text) {
        var tags = new HashSet<String>();
        var form = TAG.matcher(text == null ? "" : text);
        int end = 0;
        while (form.find() && form.start() == end) {
            tags.add(form.group(1));
            end = form.end();
        }
        if (tags.isEmpty() || end != form.regionEnd()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "%s is \"%s\"".formatted(header, Text.shorten(String.valueOf(text), 60)),
                    "Send the ETag of what you read, quotation marks included");
        }
        return tags;
    }
}
