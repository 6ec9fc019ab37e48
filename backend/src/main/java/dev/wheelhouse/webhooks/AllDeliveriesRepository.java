package dev.wheelhouse.webhooks;

import dev.wheelhouse.database.EngineRepository;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.repository.GenericRepository;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be delivered, over all tenants. What is taken and what is made of it are one statement.
@EngineRepository
interface AllDeliveriesRepository extends GenericRepository<Delivery, UUID> {

    /// A message to be written down, made of a notice.
    @Introspected
    record New(
            long notice,
            String tenant,
            String webhook,
            UUID id,
            String type,
            @Nullable UUID run,
            String body) {}

    /// One to be sent. What a changed row gives back has to be an entity.
    ///
    /// @param last whether there is no other try
    @MappedEntity("deliveries")
    record Due(
            String tenant,
            String webhook,
            String definition,
            @Id UUID id,
            String body,
            int tries,
            boolean last) {}

    /// What became of a try.
    ///
    /// @param pause until the next one, null where there is none
    /// @param gone the receiver wants nothing more
    @Introspected
    record Tried(
            String tenant,
            String webhook,
            UUID id,
            boolean delivered,
            @Nullable Integer status,
            @Nullable String reason,
            @Nullable Duration pause,
            boolean gone) {}

    /// How a webhook stands after its tries.
    ///
    /// @param disabled why it was switched off by itself, null where it was not
    @MappedEntity("webhooks")
    record Standing(
            String tenant, @Id String name, @Nullable String disabled, boolean enabled) {}

    /// What is to be told of a tenant: by its own definition, or by the operator's.
    @Introspected
    record Enabled(String tenant, String definition) {}

    @Query("SELECT tenant, definition FROM webhooks WHERE tenant IN (:of, '*') AND enabled ORDER BY tenant, name")
    List<Enabled> enabled(String of);

    /// A start switches the operator's on again.
    @Query("""
            INSERT INTO webhooks AS w (tenant, name, enabled, definition) VALUES ('*', :name, true, :definition)
            ON CONFLICT (tenant, name) DO UPDATE SET enabled = true, disabled = NULL, failing_since = NULL,
              version = w.version + 1, definition = excluded.definition, updated_at = now()
            WHERE NOT w.enabled OR w.definition <> excluded.definition""")
    void keepOperators(String name, String definition);

    @Query("DELETE FROM webhooks WHERE tenant = '*'")
    void removeOperators();

    /// Takes notices, those that nobody else has, and writes the messages that are made of them.
    ///
    /// @param notices JSON array of their ids
    /// @param messages [New]s
    @Query("""
            WITH taken AS MATERIALIZED (SELECT take_notices('webhooks', ARRAY(
              SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(:notices AS json)) n)) AS id)
            INSERT INTO deliveries (tenant, webhook, id, place, type, run, body, state)
            SELECT d.tenant, d.webhook, d.id, d.notice, d.type, d.run, d.body, 'due'
            FROM json_to_recordset(CAST(:messages AS json))
              AS d (notice bigint, tenant text, webhook text, id uuid, type text, run uuid, body text)
            JOIN taken n ON n.id = d.notice
            WHERE EXISTS (SELECT FROM webhooks w WHERE w.tenant = d.tenant AND w.name = d.webhook AND w.enabled)
            ORDER BY d.notice""")
    void take(String notices, String messages);

    /// A try belongs to a replica for fifteen seconds, which is longer than it may take. Behind one that is due none
    /// about the same run is.
    @Query("""
            WITH due AS (
              SELECT d.tenant, d.webhook, d.id FROM deliveries d
              WHERE d.state = 'due' AND d.due_at <= now() AND NOT EXISTS (SELECT FROM deliveries e
                WHERE e.tenant = d.tenant AND e.webhook = d.webhook AND e.run = d.run AND e.state = 'due' AND e.place < d.place)
              ORDER BY d.due_at LIMIT :most FOR UPDATE OF d SKIP LOCKED
            ), taken AS (
              UPDATE deliveries d SET due_at = now() + interval '15 s', tries = d.tries + 1, tried_at = now()
              FROM due WHERE d.tenant = due.tenant AND d.webhook = due.webhook AND d.id = due.id
              RETURNING d.*
            )
            SELECT d.tenant, d.webhook, d.id, d.body, d.tries, d.give_up_at <= now() AS last, w.definition
            FROM taken d JOIN webhooks w ON w.tenant = d.tenant AND w.name = d.webhook""")
    List<Due> due(int most);

    /// @param told [Tried]s
    @Query("""
            UPDATE deliveries d SET
              state = CASE WHEN t.delivered THEN 'delivered' WHEN t.pause IS NULL THEN 'failed' ELSE 'due' END,
              due_at = CASE WHEN t.pause IS NULL THEN d.due_at ELSE now() + t.pause * interval '1 ms' END,
              status = t.status, reason = t.reason
            FROM (SELECT * FROM json_to_recordset(CAST(:told AS json))
              AS t (tenant text, webhook text, id uuid, delivered boolean, status int, reason text, pause bigint)
              ORDER BY tenant, webhook, id) t
            WHERE d.tenant = t.tenant AND d.webhook = t.webhook AND d.id = t.id AND d.state = 'due'""")
    void tried(String told);

    /// What the same tries say of the webhooks.
    @Query("""
            UPDATE webhooks w SET
              failing_since = CASE WHEN t.delivered THEN NULL ELSE coalesce(w.failing_since, now()) END,
              enabled = w.enabled AND NOT t.gone AND (t.delivered OR coalesce(w.failing_since, now()) > now() - interval '3 days'),
              disabled = CASE WHEN t.gone THEN 'Its address answered 410 Gone'
                WHEN NOT t.delivered AND w.failing_since <= now() - interval '3 days' THEN 'No delivery succeeded for three days'
                ELSE w.disabled END
            FROM (SELECT tenant, webhook, bool_or(delivered) AS delivered, bool_or(gone) AS gone
              FROM json_to_recordset(CAST(:told AS json))
                AS t (tenant text, webhook text, delivered boolean, gone boolean)
              GROUP BY tenant, webhook ORDER BY tenant, webhook) t
            WHERE w.tenant = t.tenant AND w.name = t.webhook AND w.enabled
              AND (t.gone OR (w.failing_since IS NULL) <> t.delivered
                OR NOT t.delivered AND w.failing_since <= now() - interval '3 days')
            RETURNING w.tenant, w.name, w.disabled, w.enabled""")
    List<Standing> stand(String told);

    /// Nothing is due for what was switched off.
    @Query("""
            UPDATE deliveries d SET state = 'failed', reason = 'The webhook was switched off'
            FROM webhooks w WHERE w.tenant = d.tenant AND w.name = d.webhook AND NOT w.enabled AND d.state = 'due'
              AND d.type <> 'webhook.test'""")
    void giveUpDisabled();

    /// All but the newest of each webhook, and what is older than a month.
    @Query("""
            DELETE FROM deliveries d USING (
              SELECT w.tenant, w.name, (SELECT x.position FROM deliveries x WHERE x.tenant = w.tenant AND x.webhook = w.name
                ORDER BY x.position DESC OFFSET :keep LIMIT 1) AS position FROM webhooks w) w
            WHERE d.tenant = w.tenant AND d.webhook = w.name AND d.state <> 'due'
              AND (d.position <= w.position OR d.created_at < now() - interval '30 days')""")
    void forget(int keep);
}
