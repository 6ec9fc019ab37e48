package dev.wheelhouse.signins;

import dev.wheelhouse.database.TenantRepository;
import dev.wheelhouse.database.WordColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's sign-ins.
@TenantRepository
interface SignInRepository extends GenericRepository<SignInRepository.Row, String> {

    /// @param offeredIssuer whom the server names in place of `issuer`, null where it is the same
    /// @param scopes that were asked for so far, and those that the server asked for since
    @MappedEntity("sign_ins")
    record Row(
            @TenantId String tenant,
            @Id String server,
            @MappedProperty(converter = WordColumn.class) SignInState state,
            @Nullable String issuer,
            @Nullable String offeredIssuer,
            String scopes,
            byte[] sealed,
            @Nullable String problem,
            @Nullable String signedInBy,
            @Nullable Instant signedInAt,
            @Nullable Instant expiresAt,
            @Nullable Instant renewingUntil,
            int version) {

        /// Whether somebody has ever signed in.
        boolean isKept() {
            return sealed.length > 0;
        }
    }

    List<Row> listOrderByServer();

    Optional<Row> findByServer(String server);

    /// Whether the tokens are over, or will be in a moment.
    @Query("""
            SELECT count(*) FROM sign_ins WHERE tenant = :tenant AND server = :server
              AND expires_at < now() + interval '30 seconds'""")
    int stale(String server);

    @Query("""
            INSERT INTO sign_ins (tenant, server, state) VALUES (:tenant, :server, 'needed')
            ON CONFLICT (tenant, server) DO NOTHING""")
    void begin(String server);

    /// 1 for the only one that asks for new tokens now; 0 where another one does so, or has done so.
    @Query("""
            UPDATE sign_ins SET renewing_until = now() + interval '25 seconds'
            WHERE tenant = :tenant AND server = :server AND version = :version
              AND (renewing_until IS NULL OR renewing_until < now())""")
    int claim(String server, int version);

    @Query(
            "UPDATE sign_ins SET renewing_until = NULL WHERE tenant = :tenant AND server = :server AND version = :version")
    void release(String server, int version);

    /// @param seconds for which the tokens are good, null where nobody says
    /// @param by null where they were renewed
    @Query("""
            INSERT INTO sign_ins (tenant, server, state, issuer, scopes, sealed, signed_in_by, signed_in_at, expires_at)
            VALUES (:tenant, :server, 'signed_in', :issuer, :scopes, :sealed, :by, now(),
              now() + CAST(:seconds AS bigint) * interval '1 second')
            ON CONFLICT (tenant, server) DO UPDATE SET state = 'signed_in', issuer = excluded.issuer,
              offered_issuer = NULL, scopes = excluded.scopes, sealed = excluded.sealed, problem = NULL,
              signed_in_by = coalesce(excluded.signed_in_by, sign_ins.signed_in_by),
              signed_in_at = CASE WHEN excluded.signed_in_by IS NULL THEN sign_ins.signed_in_at ELSE now() END,
              expires_at = excluded.expires_at, renewing_until = NULL, version = sign_ins.version + 1""")
    void keep(String server, String issuer, String scopes, byte[] sealed, @Nullable String by, @Nullable Long seconds);

    /// Only over the row that was claimed: whoever has signed out or in meanwhile has had the last word.
    @Query("""
            UPDATE sign_ins SET state = 'signed_in', issuer = :issuer, offered_issuer = NULL, scopes = :scopes,
              sealed = :sealed, problem = NULL, signed_in_by = coalesce(CAST(:by AS text), signed_in_by),
              signed_in_at = CASE WHEN CAST(:by AS text) IS NULL THEN signed_in_at ELSE now() END,
              expires_at = now() + CAST(:seconds AS bigint) * interval '1 second', renewing_until = NULL,
              version = version + 1
            WHERE tenant = :tenant AND server = :server AND version = :version AND renewing_until IS NOT NULL""")
    int renew(
            String server,
            int version,
            String issuer,
            String scopes,
            byte[] sealed,
            @Nullable String by,
            @Nullable Long seconds);

    /// Says how it stands, unless there are other tokens by now; what is kept stays.
    @Query("""
            UPDATE sign_ins SET state = :state, offered_issuer = :offered, scopes = :scopes, problem = :problem,
              renewing_until = NULL
            WHERE tenant = :tenant AND server = :server AND version = :version""")
    void say(
            String server,
            int version,
            SignInState state,
            @Nullable String offered,
            String scopes,
            @Nullable String problem);

    long deleteByServer(String server);
}
