package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.secrets.Scrubber;
import dev.wheelhouse.secrets.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps tokens fresh. Many a server takes a refresh token once, and ends the whole sign-in at the second
/// use: among all replicas one asks, and the others wait for what it gets.
record RenewTokens(SignInStore store, Secrets secrets, AskTokens ask) {

    private static final long LOOK_MILLIS = 100;
    private static final int MOST_LOOKS = 300;

    /// @param by null where they were renewed
    private record Got(
            Kept kept, AskTokens.Tokens tokens, @Nullable String by) {}

    private interface Asks {
        Got ask() throws AskTokens.RefusedException;
    }

    boolean isRenewable(Place place, Kept kept) {
        return kept.refresh() != null || place.wanted().grant() == Wanted.Grant.CLIENT_CREDENTIALS;
    }

    /// Null where nothing is kept, or what is kept is of another address.
    @Nullable
    Kept kept(Place place, SignInRepository.Row row) {
        return !row.isKept()
                ? null
                : secrets.unseal(place.tenant(), place.sealed(), row.sealed())
                        .map(text -> Kept.read(text, Kept.class))
                        .orElse(null);
    }

    SignIns.Token token(Place place, Kept kept, int version) {
        String origin = Resource.origin(URI.create(place.url()));
        var header = new BoundHeader("Authorization", "Bearer " + kept.access(), uri -> Resource.origin(uri)
                .equals(origin));
        String secret = kept.client().defined() ? null : kept.client().secret();
        var values = Stream.of(kept.access(), kept.refresh(), secret)
                .filter(Objects::nonNull)
                .toList();
        return new SignIns.Token(header, version, Scrubber.of(values));
    }

    SignIns.Token renewed(Place place, SignInRepository.Row row, Kept old) throws InterruptedException {
        return alone(place, row, () -> {
            var tokens = old.refresh() == null
                    ? ask.byItself(old.asked(place), old.scopes())
                    : ask.byRefreshing(old.asked(place), old.refresh());
            return new Got(old.renewed(tokens), tokens, null);
        });
    }

    SignIns.Token byItself(
            Place place, SignInRepository.Row row, Discovery.Found found, Client client, List<String> scopes)
            throws InterruptedException {
        return alone(place, row, () -> {
            var asked = new AskTokens.Asked(
                    place,
                    found.server().tokenEndpoint(),
                    client,
                    found.resource().name());
            var tokens = ask.byItself(asked, scopes);
            var kept = new Kept(client, asked.endpoint(), asked.resource(), scopes, tokens.access(), tokens.refresh());
            return new Got(kept, tokens, "client credentials");
        });
    }

    void keep(Place place, Kept kept, AskTokens.Tokens tokens, @Nullable String by) {
        byte[] sealed = secrets.seal(place.tenant(), place.sealed(), kept.written());
        store.keep(place.tenant(), place.server(), kept, sealed, by, tokens.seconds());
    }

    private SignIns.Token alone(Place place, SignInRepository.Row row, Asks asks) throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (store.claim(place.tenant(), place.server(), row.version())) {
                return asked(place, row, asks);
            }
            var now = there(place);
            var kept = now.version() == row.version() ? null : kept(place, now);
            if (kept != null) {
                return token(place, kept, now.version());
            }
            if (now.state() == SignInState.ENDED || now.state() == SignInState.CHANGED) {
                throw Standing.off(place, now);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw Standing.off(place, row);
    }

    private SignIns.Token asked(Place place, SignInRepository.Row row, Asks asks) {
        try {
            var got = asks.ask();
            byte[] sealed =
                    secrets.seal(place.tenant(), place.sealed(), got.kept().written());
            boolean isKept = store.renew(
                    place.tenant(),
                    row,
                    got.kept(),
                    sealed,
                    got.by(),
                    got.tokens().seconds());
            if (isKept) {
                return token(place, got.kept(), row.version() + 1);
            }
            var now = there(place);
            var kept = kept(place, now);
            if (kept == null) {
                throw signedOut(place);
            }
            return token(place, kept, now.version());
        } catch (AskTokens.RefusedException e) {
            var state = row.isKept() ? SignInState.ENDED : SignInState.NEEDED;
            store.say(
                    place.tenant(),
                    row,
                    state,
                    row.offeredIssuer(),
                    Challenge.scopes(row.scopes()),
                    e.problem().sentences());
            throw e.problem();
        } catch (Problem e) {
            store.release(place.tenant(), place.server(), row.version());
            throw e;
        }
    }

    private SignInRepository.Row there(Place place) {
        return store.find(place.tenant(), place.server())
                .map(SignInStore.Found::row)
                .orElseThrow(() -> signedOut(place));
    }

    /// A token that comes after that is forgotten.
    private static Problem signedOut(Place place) {
        return new Problem(
                ErrorCode.TOOL_FAILED,
                "Somebody signed out of \"%s\" while it was asked for a token".formatted(place.server()),
                "Sign in again on the page Tools");
    }
}
