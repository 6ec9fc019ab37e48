package dev.wheelhouse.signins;

import java.util.Locale;

/// How it stands with a server that wants to know who asks.
public enum SignInState {
    /// Nobody has signed in yet.
    NEEDED,
    SIGNED_IN,
    /// Somebody is signed in, and the server wants more permissions than that gave.
    MORE,
    /// The tokens are over, or were refused.
    ENDED,
    /// The server names another authorization server than the one that somebody agreed to.
    CHANGED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
