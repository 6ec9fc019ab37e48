package dev.wheelhouse.rest;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/// JSON answers, whatever the client says it accepts: this API speaks nothing else.
public final class JsonResponse {

    private JsonResponse() {}

    public static MutableHttpResponse<String> json(String json) {
        return HttpResponse.ok(json).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    public static MutableHttpResponse<String> json(HttpStatus status, String json) {
        return HttpResponse.<String>status(status).body(json).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /// `location` is relative, so that it holds behind whatever stands in front of us.
    public static MutableHttpResponse<String> created(String location, String json) {
        return json(HttpStatus.CREATED, json).header("Location", location);
    }
}
