package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.secrets.Scrubber;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Signs in to tool servers: as a person who consents, or as the platform itself.
@Singleton
public final class SignIns {

    private final SignInStore store;
    private final Secrets secrets;
    private final Discovery discovery;
    private final Register register;
    private final AskTokens ask;
    private final RenewTokens renew;
    private final Standing standing;
    private final @Nullable String publicUrl;

    @Inject
    SignIns(SignInStore store, Secrets secrets, Outbound outbound, SignInsConfig config) {
        this.store = store;
        this.secrets = secrets;
        var fetch = new Fetch(outbound);
        this.discovery = new Discovery(fetch);
        this.register = new Register(fetch);
        this.ask = new AskTokens(
                fetch, (place, text, to) -> secrets.value(place.tenant(), text, to), InstantSource.system());
        this.renew = new RenewTokens(store, secrets, ask);
        this.standing = new Standing(store);
        this.publicUrl = config.publicUrl();
    }

    /// How it stands with one server.
    ///
    /// @param issuer the authorization server that somebody agreed to, null where nobody has yet
    /// @param offered the one that the server names now, null where it is the same or not known
    /// @param scopes that were asked for, and those that the server has wanted since
    /// @param problem why it does not work, null where it does
    public record Shown(
            SignInState state,
            @Nullable String issuer,
            @Nullable String offered,
            List<String> scopes,
            @Nullable String problem,
            @Nullable String by,
            @Nullable Instant at,
            @Nullable Instant expiresAt) {}

    /// What is sent to a server to be let in.
    ///
    /// @param version grows with each new token
    /// @param scrubber takes it out of what comes back
    public record Token(BoundHeader header, int version, Scrubber scrubber) {}

    /// What a person wants who signs in.
    ///
    /// @param issuer the authorization server that the person agrees to; null for the one that is pinned,
    /// or the first
    /// @param base where browsers reach this platform
    /// @param browser a word that only the browser knows which is to come back
    /// @param by who begins
    public record Wish(@Nullable String issuer, String redirect, String document, String browser, String by) {}

    /// @param link where the person consents
    public record Begun(String link, String issuer, List<String> scopes) {}

    /// A sign-in whose person has come back.
    ///
    /// @param by who began it
    public record Returned(TenantId tenant, String server, String by, byte[] sealed, ComeBack answer) {}

    /// Where the operator says that browsers reach this platform; null where nobody says.
    public @Nullable String publicUrl() {
        return publicUrl;
    }

    /// What authorization servers read about this client (OAuth Client ID Metadata Document), as JSON.
    ///
    /// @param id the document's own address
    /// @param redirect where people are sent back to
    public String document(String id, String redirect) {
        return Register.about(redirect, Client.Proof.NONE).put("client_id", id).toString();
    }

    /// By the names of servers, of those that have ever asked for it.
    public Map<String, Shown> list(TenantId tenant) {
        var all = new TreeMap<String, Shown>();
        store.list(tenant).forEach(row -> all.put(row.server(), shown(row)));
        return all;
    }

    private static Shown shown(SignInRepository.Row row) {
        return new Shown(
                row.state(),
                row.issuer(),
                row.offeredIssuer(),
                Challenge.scopes(row.scopes()),
                row.problem(),
                row.signedInBy(),
                row.signedInAt(),
                row.expiresAt());
    }

    /// Null where nobody is signed in: the server may let in whoever comes.
    public @Nullable Token token(Place place) throws InterruptedException {
        var found = store.find(place.tenant(), place.server()).orElse(null);
        var kept = found == null ? null : renew.kept(place, found.row());
        if (found == null || kept == null) {
            return null;
        }
        if (found.row().state() == SignInState.CHANGED
                && String.valueOf(found.row().offeredIssuer())
                        .equals(place.wanted().issuer())) {
            return null;
        }
        boolean isPersons = place.wanted().grant() == Wanted.Grant.AUTHORIZATION_CODE;
        if (found.row().state() == SignInState.ENDED && isPersons || found.row().state() == SignInState.CHANGED) {
            throw Standing.off(place, found.row());
        }
        return found.isStale() && renew.isRenewable(place, kept)
                ? renew.renewed(place, found.row(), kept)
                : renew.token(place, kept, found.row().version());
    }

    /// Another token for what a server has just refused; refuses with what a person has to do where there is none.
    ///
    /// Null where the server knows no OAuth.
    ///
    /// @param used what was refused, null where nothing was sent
    public @Nullable Token answer(Place place, Challenge challenge, @Nullable Token used) throws InterruptedException {
        var row = store.find(place.tenant(), place.server())
                .map(SignInStore.Found::row)
                .orElse(null);
        boolean isIn = row != null && row.state() == SignInState.SIGNED_IN;
        if (isIn && (used == null || row.version() > used.version())) {
            var kept = renew.kept(place, row);
            if (kept != null) {
                return renew.token(place, kept, row.version());
            }
        }
        var found = discovery.find(place, challenge);
        if (found == null) {
            return null;
        }
        row = row == null ? store.begun(place.tenant(), place.server()) : row;
        standing.checkPinned(place, row, found.server().issuer(), null);
        var scopes = Challenge.union(Challenge.scopes(row.scopes()), found.scopes());
        if (place.wanted().grant() == Wanted.Grant.CLIENT_CREDENTIALS) {
            return renew.byItself(place, row, found, register.client(place, found.server(), NOWHERE, null), scopes);
        }
        var kept = used == null ? null : renew.kept(place, row);
        if (kept != null && kept.refresh() != null && !challenge.wantsMore()) {
            return renew.renewed(place, row, kept);
        }
        throw standing.needed(place, row, found.server().issuer(), challenge, scopes);
    }

    private static final Register.Addresses NOWHERE = new Register.Addresses("", null);

    /// Begins to sign in as a person, who is to open the link.
    ///
    /// @param challenge with which the server refused whoever has not signed in
    public Begun begin(Place place, Challenge challenge, Wish wish) {
        if (place.wanted().grant() != Wanted.Grant.AUTHORIZATION_CODE) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "\"%s\" is signed in to with client credentials, not by a person".formatted(place.server()),
                    "Ask it again, or set signIn.grant: authorization_code in its definition");
        }
        var found = discovery.find(place, challenge);
        if (found == null) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" does not say where to sign in".formatted(place.server()),
                    "Put a token into a header of its definition: docs/tools.md");
        }
        var server = found.server();
        var row = store.begun(place.tenant(), place.server());
        standing.checkPinned(place, row, server.issuer(), wish.issuer());
        Standing.checkAgreed(place, server.issuer(), wish.issuer());
        var last = renew.kept(place, row);
        var own = new Register.Addresses(wish.redirect(), readable(wish.document()));
        var client = register.client(place, server, own, last == null ? null : last.client());
        boolean isSame = row.issuer() == null || row.issuer().equals(server.issuer());
        var before = isSame ? Challenge.scopes(row.scopes()) : List.<String>of();
        var consent = Consent.ask(found, client, Challenge.union(before, found.scopes()));
        String state = State.of(place.tenant());
        byte[] sealed = secrets.seal(place.tenant(), place.sealed(), consent.written());
        store.open(place.tenant(), state, place.server(), sealed, wish.browser(), wish.by());
        return new Begun(consent.link(place, server, state), server.issuer(), consent.scopes());
    }

    /// Servers out there read only what is on the internet and has TLS.
    private @Nullable String readable(String document) {
        boolean isPublic =
                publicUrl != null && publicUrl.startsWith("https://") && document.startsWith(publicUrl + "/");
        return isPublic ? document : null;
    }

    /// An answer that a browser brings, by the state that it was sent with; refuses what was never asked, is over, or
    /// was begun by somebody else.
    ///
    /// @param from the browser's word, or who asks
    public Returned returned(ComeBack answer, From from) {
        var tenant = State.tenant(answer.state());
        var row = tenant == null ? null : store.opened(tenant, answer.state()).orElse(null);
        if (tenant == null || row == null) {
            throw State.unknown();
        }
        from.check(row);
        if (!store.take(tenant, answer.state())) {
            throw State.unknown();
        }
        return new Returned(tenant, row.server(), row.begunBy(), row.sealed(), answer);
    }

    /// Takes what the person agreed to, or refuses with why it cannot be taken; either is kept.
    public void finish(Place place, Returned returned) {
        try {
            finished(place, returned);
        } catch (Problem e) {
            var row = store.begun(place.tenant(), place.server());
            store.say(
                    place.tenant(),
                    row,
                    row.state(),
                    row.offeredIssuer(),
                    Challenge.scopes(row.scopes()),
                    e.sentences());
            throw e;
        }
    }

    private void finished(Place place, Returned returned) {
        var consent = secrets.unseal(place.tenant(), place.sealed(), returned.sealed())
                .map(text -> Kept.read(text, Consent.class))
                .orElseThrow(() -> new Problem(
                        ErrorCode.CONFLICT,
                        "The definition of \"%s\" was changed while you signed in".formatted(place.server()),
                        "Sign in again"));
        consent.checkIssuer(returned.answer().issuer());
        returned.answer().check(place);
        try {
            var tokens = ask.byCode(consent.asked(place), returned.answer().code(), consent.verifier());
            renew.keep(place, Kept.of(consent, tokens), tokens, returned.by());
        } catch (AskTokens.RefusedException e) {
            throw e.problem();
        }
    }

    /// Lets go of the tokens, and of who was agreed to.
    public void remove(TenantId tenant, String server) {
        store.remove(tenant, server);
    }
}
