package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import org.jspecify.annotations.Nullable;

/// What an authorization server sends a person back with.
///
/// @param code empty where it refuses
/// @param issuer null where it does not say who it is
/// @param error such as `access_denied`, empty where there is none
public record ComeBack(String state, String code, @Nullable String issuer, String error, String description) {

    void check(Place place) {
        if (!error.isEmpty() || code.isEmpty()) {
            String why = error.isEmpty() ? "it sent no code" : (error + " " + description).strip();
            throw new Problem(
                    error.equals("access_denied") ? ErrorCode.FORBIDDEN : ErrorCode.BAD_REQUEST,
                    "The sign-in for \"%s\" was refused: %s".formatted(place.server(), Text.shorten(why, 300)),
                    "Sign in again, and agree to it there");
        }
    }
}
