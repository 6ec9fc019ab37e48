package dev.wheelhouse.content;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.images.Images;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Pictures that runs were shown.
@Controller(value = "/api/v1/images", produces = MediaType.ALL)
final class ImagesController {

    private final Images images;

    ImagesController(Images images) {
        this.images = images;
    }

    /// A hash never means another picture, so browsers keep it; whatever the bytes are, they are shown as a picture.
    @Get("/{hash}")
    @RequiresScope(Scope.READ)
    HttpResponse<byte[]> image(Caller caller, String hash) {
        var image = images.find(caller.tenant(), hash)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_FOUND, "There is no picture \"%s\"".formatted(Text.shorten(hash, 70))));
        return HttpResponse.ok(image.bytes())
                .contentType(MediaType.of(image.type()))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cache-Control", "private, max-age=31536000, immutable");
    }
}
