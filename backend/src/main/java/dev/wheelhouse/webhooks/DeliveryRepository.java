package dev.wheelhouse.webhooks;

import dev.wheelhouse.database.TenantRepository;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.model.Limit;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The messages to a tenant's webhooks, as people see them.
@TenantRepository
interface DeliveryRepository extends GenericRepository<Delivery, UUID> {

    Optional<Delivery> findByWebhookAndId(String webhook, UUID id);

    List<Delivery> findByWebhookAndPositionLessThanOrderByPositionDesc(String webhook, long before, Limit most);

    /// One that is sent once, made of nothing that happened.
    @Query("""
            INSERT INTO deliveries (tenant, webhook, id, place, type, body, state, give_up_at)
            VALUES (:tenant, :webhook, :id, 0, :type, :body, 'due', now())""")
    void add(String webhook, UUID id, String type, String body);

    /// Due again for another day, whatever it was; 0 where there is none.
    @Query("""
            UPDATE deliveries SET state = 'due', due_at = now(), give_up_at = now() + interval '1 day', tries = 0
            WHERE tenant = :tenant AND webhook = :webhook AND id = :id""")
    int again(String webhook, UUID id);
}
