package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says how it stands with a server, to whoever asks now and on the page Tools.
record Standing(SignInStore store) {

    /// What a person has to do, which is kept too.
    Problem needed(Place place, SignInRepository.Row row, String issuer, Challenge challenge, List<String> scopes) {
        boolean isMore = challenge.wantsMore() && row.isKept();
        var state = isMore ? SignInState.MORE : row.isKept() ? SignInState.ENDED : SignInState.NEEDED;
        String what =
                switch (state) {
                    case MORE ->
                        "\"%s\" wants more permissions than the sign-in gave: %s"
                                .formatted(place.server(), String.join(" ", challenge.scopes()));
                    case ENDED -> "The sign-in at \"%s\" for \"%s\" is over".formatted(issuer, place.server());
                    case NEEDED, SIGNED_IN, CHANGED ->
                        "\"%s\" wants somebody to sign in at \"%s\"".formatted(place.server(), issuer);
                };
        String offered = issuer.equals(row.issuer()) ? null : issuer;
        store.say(place.tenant(), row, state, offered, scopes, what + ".");
        return new Problem(ErrorCode.TOOL_FAILED, what, "Sign in on the page Tools");
    }

    /// The first authorization server is pinned by whoever signs in there; another one needs a person's word.
    void checkPinned(Place place, SignInRepository.Row row, String issuer, @Nullable String agreed) {
        boolean isAgreed = issuer.equals(agreed) || issuer.equals(place.wanted().issuer());
        if (row.issuer() == null || row.issuer().equals(issuer) || isAgreed) {
            return;
        }
        String what = "\"%s\" sends people to \"%s\" in place of \"%s\" to sign in"
                .formatted(place.server(), issuer, row.issuer());
        store.say(
                place.tenant(),
                row,
                SignInState.CHANGED,
                issuer,
                Challenge.scopes(row.scopes()),
                what + ". It is off until somebody has agreed to that.");
        throw new Problem(
                ErrorCode.TOOL_OFF,
                what,
                "If that is right, sign in again on the page Tools, or write signIn.issuer: %s into the definition"
                        .formatted(issuer));
    }

    static Problem off(Place place, SignInRepository.Row row) {
        String why = row.problem() == null
                ? "The sign-in for \"%s\" is over".formatted(place.server())
                : row.problem().replaceAll("\\.$", "");
        return new Problem(
                row.state() == SignInState.CHANGED ? ErrorCode.TOOL_OFF : ErrorCode.TOOL_FAILED,
                why,
                "Sign in again on the page Tools");
    }

    /// Whoever agrees to an authorization server agrees to that one.
    static void checkAgreed(Place place, String issuer, @Nullable String agreed) {
        if (agreed != null && !agreed.equals(issuer)) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "\"%s\" sends people to \"%s\" to sign in, not to \"%s\"".formatted(place.server(), issuer, agreed),
                    "Read the tool server again");
        }
    }
}
