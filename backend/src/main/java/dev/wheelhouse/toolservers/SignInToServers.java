package dev.wheelhouse.toolservers;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.mcp.ChallengedException;
import dev.wheelhouse.signins.Challenge;
import dev.wheelhouse.signins.Place;
import dev.wheelhouse.signins.SignIns;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Lets whoever speaks to an MCP server in, where that wants to know who asks.
@Singleton
final class SignInToServers {

    private final SignIns signIns;
    private final ToolServersConfig config;

    SignInToServers(SignIns signIns, ToolServersConfig config) {
        this.signIns = signIns;
        this.config = config;
    }

    /// One request to a server, with a token or without; it may be made again where the server refuses it.
    @FunctionalInterface
    interface Asks<T> {
        T ask(SignIns.@Nullable Token token) throws InterruptedException;
    }

    /// Asks with what is known of the sign-in. A server that refuses is answered once: what it refused so was not
    /// carried out.
    <T> T asked(Speaks.Server server, Asks<T> asks) throws InterruptedException {
        if (!mayBeSignedInTo(server.definition())) {
            return told(asks, null);
        }
        var place = place(server);
        var token = signIns.token(place);
        try {
            return asks.ask(token);
        } catch (ChallengedException e) {
            var challenge = Challenge.read(e.status(), e.challenge());
            if (e.status() == 403 && !challenge.error().equals("insufficient_scope")) {
                throw e.problem();
            }
            var other = signIns.answer(place, challenge, token);
            if (other == null) {
                throw e.problem();
            }
            return told(asks, other);
        }
    }

    private static <T> T told(Asks<T> asks, SignIns.@Nullable Token token) throws InterruptedException {
        try {
            return asks.ask(token);
        } catch (ChallengedException e) {
            throw e.problem();
        }
    }

    /// Where the definition brings credentials of its own, they are all that is sent.
    static boolean mayBeSignedInTo(ToolServer definition) {
        return definition.kind() == ToolServer.Kind.MCP
                && definition.headers().stream()
                        .noneMatch(header -> header.name().equalsIgnoreCase("Authorization"));
    }

    Place place(Speaks.Server server) {
        var definition = server.definition();
        return new Place(
                server.tenant(),
                definition.name(),
                String.valueOf(definition.url()),
                config.privateHosts(),
                definition.signIn());
    }

    /// What the server wants of whoever has not signed in.
    Challenge challenge(Speaks.Server server, Asks<?> asks) throws InterruptedException {
        if (!mayBeSignedInTo(server.definition())) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "\"%s\" has credentials of its own in its definition"
                            .formatted(server.definition().name()),
                    "Take its Authorization header out of the definition first");
        }
        try {
            asks.ask(null);
        } catch (ChallengedException e) {
            return Challenge.read(e.status(), e.challenge());
        }
        throw new Problem(
                ErrorCode.CONFLICT,
                "\"%s\" lets in whoever asks".formatted(server.definition().name()),
                "Use its tools: there is nobody to sign in to");
    }
}
