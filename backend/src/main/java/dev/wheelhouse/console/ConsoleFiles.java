package dev.wheelhouse.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.BasePath;
import dev.wheelhouse.http.CallerFilter;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The console's static files, known by name since the start: no path of a request is ever resolved on disk.
@Singleton
final class ConsoleFiles {

    /// Where the built console is.
    ///
    /// @param dir the folder with its index.html; without it there is only the API
    @ConfigurationProperties("console")
    record Config(@Nullable String dir) {}

    /// What the console's pages may load and do: only what comes from here. The same text as in nginx's `headers.conf`,
    /// which the console's tests hold.
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";

    private static final String INDEX = "/index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "txt", "text/plain; charset=utf-8",
            "webmanifest", "application/manifest+json");

    private final Map<String, Path> files;

    ConsoleFiles(Config config) {
        this.files = config.dir() == null || config.dir().isBlank() ? Map.of() : list(Path.of(config.dir()));
    }

    private static Map<String, Path> list(Path folder) {
        var files = new TreeMap<String, Path>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(Files::isRegularFile)
                        .forEach(file -> files.put(
                                "/" + folder.relativize(file).toString().replace('\\', '/'), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (!files.containsKey(INDEX)) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "CONSOLE_DIR names \"%s\", which has no index.html".formatted(folder),
                    "Build the console, or unset CONSOLE_DIR to serve the API alone");
        }
        return files;
    }

    /// True where a request that no route takes, or that for `/`, is the console's.
    boolean mayAnswer(HttpRequest<?> request) {
        boolean reads = CallerFilter.isSafe(request);
        return reads && (files.containsKey(request.getPath()) || isPage(request));
    }

    /// A browser that opens a page of the console; which one, the console finds out itself.
    private boolean isPage(HttpRequest<?> request) {
        String path = request.getPath();
        String accept = request.getHeaders().get("Accept");
        return !files.isEmpty()
                && accept != null
                && accept.contains("text/html")
                && !path.startsWith("/api/")
                && !path.startsWith("/v1/")
                && !path.startsWith("/assets/");
    }

    HttpResponse<byte[]> answer(HttpRequest<?> request) {
        String path = files.containsKey(request.getPath()) ? request.getPath() : INDEX;
        try {
            var body = Files.readAllBytes(files.getOrDefault(path, Path.of(INDEX)));
            if (path.equals(INDEX)) {
                body = inPlace(body, BasePath.of(request));
            }
            return HttpResponse.ok(body)
                    .contentType(MediaType.of(type(path)))
                    .header("Content-Security-Policy", POLICY)
                    .header("Vary", "Accept, Accept-Encoding")
                    // Names under /assets carry a hash of their content.
                    .header(
                            "Cache-Control",
                            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store");
        } catch (IOException e) {
            throw new UncheckedIOException("The console's file %s cannot be read".formatted(path), e);
        }
    }

    /// The page is asked for under many addresses, so the relative ones in it are made whole, under the prefix of the
    /// edge.
    private static byte[] inPlace(byte[] page, String prefix) {
        return new String(page, UTF_8).replace("\"./", "\"" + prefix + "/").getBytes(UTF_8);
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
