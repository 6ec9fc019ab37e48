package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Values;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import dev.wheelhouse.triggers.Describe;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes messages of what happened, and sends those that are due. Replicas share the work: a try belongs to the one
/// that took it. Where no tenant has a webhook, only messages that are left are looked for, every few seconds.
@Context
final class DeliverWebhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverWebhooks.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int AT_ONCE = 200;
    private static final int SENT_AT_ONCE = 32;
    private static final int IDLE_ROUNDS = 10;
    private static final int FORGET_EVERY = 1_000;
    private static final int KEEP = 1_000;

    private final Notices notices;
    private final DeliveryStore store;
    private final Describe describe;
    private final SendDelivery send;
    private final OperatorsWebhook operators;
    private final List<WebhookListener> listeners;
    private final Recurring rounds;
    private volatile boolean isAwake;
    private int round;

    DeliverWebhooks(
            Notices notices,
            DeliveryStore store,
            Describe describe,
            SendDelivery send,
            OperatorsWebhook operators,
            List<WebhookListener> listeners,
            Clock clock) {
        this.notices = notices;
        this.store = store;
        this.describe = describe;
        this.send = send;
        this.operators = operators;
        this.listeners = listeners;
        rounds = Recurring.startLater(clock, "deliver-webhooks", PAUSE, DatabaseException::isAway, this::deliver);
    }

    /// Something is due that this replica knows of.
    void wake() {
        isAwake = true;
        rounds.wake();
    }

    /// Says whether there may be more.
    private boolean deliver() throws InterruptedException {
        operators.keep();
        boolean isWatched = notices.watches(Notice.Reader.WEBHOOKS);
        boolean isDue = isAwake || isWatched || round % IDLE_ROUNDS == 0;
        isAwake = false;
        if (round++ % FORGET_EVERY == 0 && isWatched) {
            store.forget(KEEP);
        }
        boolean hasMore = isWatched && readNotices();
        return isDue && sendDue() || hasMore;
    }

    private boolean readNotices() {
        var found = notices.read(Notice.Reader.WEBHOOKS, AT_ONCE);
        if (found.isEmpty()) {
            return false;
        }
        var known = new HashMap<TenantId, List<DeliveryStore.Subscription>>();
        var messages = new ArrayList<AllDeliveriesRepository.New>();
        for (var notice : found) {
            messages.addAll(messages(notice, known.computeIfAbsent(notice.tenant(), store::subscriptions)));
        }
        store.take(found.stream().map(Notice::id).toList(), messages);
        return true;
    }

    private List<AllDeliveriesRepository.New> messages(Notice notice, List<DeliveryStore.Subscription> all) {
        var wanted =
                all.stream().filter(one -> one.webhook().wants(notice.type())).toList();
        var messages = new ArrayList<AllDeliveriesRepository.New>();
        var described = wanted.isEmpty() ? null : describe.of(notice).orElse(null);
        if (described == null) {
            return messages;
        }
        String body = body(notice, described);
        Map<String, Object> given = Map.of("event", Values.of(described.event()));
        for (var one : wanted) {
            if (holds(one.webhook(), given)) {
                messages.add(new AllDeliveriesRepository.New(
                        notice.id(),
                        one.owner(),
                        one.webhook().name(),
                        OperatorsWebhook.id(one.owner(), notice),
                        notice.type(),
                        notice.run(),
                        body));
            }
        }
        return messages;
    }

    /// As Standard Webhooks have it. What a run put out may be secret and stays here; the run's id leads to it.
    private static String body(Notice notice, Describe.Described described) {
        var data = described.event().deepCopy();
        data.remove("type");
        data.remove("at");
        if (data.get("run") instanceof com.fasterxml.jackson.databind.node.ObjectNode run) {
            run.remove("output");
        }
        var body = Json.mapper()
                .createObjectNode()
                .put("type", notice.type())
                .put("timestamp", notice.at().toString());
        body.set("data", data);
        return Text.storable(body.toString());
    }

    private static boolean holds(Webhook webhook, Map<String, Object> given) {
        String when = webhook.when();
        try {
            return when == null || WebhookReader.over().holds(when, given);
        } catch (Expressions.NoValueException e) {
            LOG.debug("Webhook {} passes an event over: {}", webhook.name(), e.getMessage());
            return false;
        }
    }

    private boolean sendDue() throws InterruptedException {
        var due = store.due(SENT_AT_ONCE);
        if (due.isEmpty()) {
            return false;
        }
        var tried = send.sendAll(due);
        var off = store.tried(tried);
        tried.forEach(this::tell);
        off.forEach(webhook -> {
            LOG.warn(
                    "Webhook {} of {} is off: {}. Change it to switch it on again.",
                    webhook.webhook(),
                    webhook.tenant(),
                    webhook.reason());
            listeners.forEach(listener -> listener.disabled(webhook.tenant()));
        });
        return true;
    }

    private void tell(AllDeliveriesRepository.Tried tried) {
        if (!tried.delivered()) {
            LOG.info("Webhook {} of {} was not reached: {}", tried.webhook(), tried.tenant(), tried.reason());
        }
        listeners.forEach(listener -> {
            listener.tried(tried.tenant(), tried.delivered());
            if (!tried.delivered() && tried.pause() == null) {
                listener.givenUp(tried.tenant());
            }
        });
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        rounds.close();
    }
}
