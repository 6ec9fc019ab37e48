package dev.wheelhouse.signins;

import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sign-ins in Postgres.
@Singleton
final class SignInStore {

    private final Database database;
    private final SignInRepository signIns;
    private final OpenSignInRepository open;

    SignInStore(Database database, SignInRepository signIns, OpenSignInRepository open) {
        this.database = database;
        this.signIns = signIns;
        this.open = open;
    }

    /// A row at a moment.
    ///
    /// @param isStale whether its tokens are over, or will be in a moment
    record Found(SignInRepository.Row row, boolean isStale) {}

    List<SignInRepository.Row> list(TenantId tenant) {
        return database.as(tenant, signIns::listOrderByServer);
    }

    Optional<Found> find(TenantId tenant, String server) {
        return database.as(
                tenant, () -> signIns.findByServer(server).map(row -> new Found(row, signIns.stale(server) == 1)));
    }

    /// The row that is there, or a new one.
    SignInRepository.Row begun(TenantId tenant, String server) {
        return database.as(tenant, () -> {
            signIns.begin(server);
            return signIns.findByServer(server).orElseThrow();
        });
    }

    boolean claim(TenantId tenant, String server, int version) {
        return database.as(tenant, () -> signIns.claim(server, version) == 1);
    }

    void release(TenantId tenant, String server, int version) {
        database.as(tenant, () -> signIns.release(server, version));
    }

    void keep(TenantId tenant, String server, Kept kept, byte[] sealed, @Nullable String by, long seconds) {
        String scopes = String.join(" ", kept.scopes());
        Long good = seconds == 0 ? null : seconds;
        database.as(tenant, () -> signIns.keep(server, kept.client().issuer(), scopes, sealed, by, good));
    }

    /// Keeps what was asked for by whoever claimed the row. False where it is another one by now, or none.
    boolean renew(
            TenantId tenant, SignInRepository.Row row, Kept kept, byte[] sealed, @Nullable String by, long seconds) {
        String scopes = String.join(" ", kept.scopes());
        String issuer = kept.client().issuer();
        Long good = seconds == 0 ? null : seconds;
        return database.as(
                tenant, () -> signIns.renew(row.server(), row.version(), issuer, scopes, sealed, by, good) == 1);
    }

    /// Says how it stands with what was read, unless there are other tokens by now.
    void say(
            TenantId tenant,
            SignInRepository.Row row,
            SignInState state,
            @Nullable String offered,
            List<String> scopes,
            String problem) {
        String why = Text.storable(Text.shorten(problem, 1_000));
        database.as(
                tenant, () -> signIns.say(row.server(), row.version(), state, offered, String.join(" ", scopes), why));
    }

    void remove(TenantId tenant, String server) {
        database.as(tenant, () -> signIns.deleteByServer(server));
    }

    void open(TenantId tenant, String state, String server, byte[] sealed, String browser, String by) {
        database.as(tenant, () -> {
            open.forget();
            open.begin(Hash.of(state), server, sealed, Hash.of(browser), by);
        });
    }

    Optional<OpenSignInRepository.Row> opened(TenantId tenant, String state) {
        return database.as(tenant, () -> open.findByState(Hash.of(state)));
    }

    boolean take(TenantId tenant, String state) {
        return database.as(tenant, () -> open.take(Hash.of(state)) == 1);
    }
}
