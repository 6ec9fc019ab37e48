package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends messages, each once, and says what became of them.
@Singleton
final class SendDelivery {

    private static final int GONE = 410;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Outbound outbound;
    private final WebhookSecrets secrets;
    private final OperatorsWebhook operators;
    private final WebhooksConfig config;
    private final InstantSource clock;

    SendDelivery(
            Outbound outbound,
            WebhookSecrets secrets,
            OperatorsWebhook operators,
            WebhooksConfig config,
            InstantSource clock) {
        this.outbound = outbound;
        this.secrets = secrets;
        this.operators = operators;
        this.config = config;
        this.clock = clock;
    }

    /// An answer, as far as it matters.
    private record Answer(int status, @Nullable String retryAfter) {}

    List<AllDeliveriesRepository.Tried> sendAll(List<AllDeliveriesRepository.Due> due) throws InterruptedException {
        var tried = Collections.synchronizedList(new ArrayList<AllDeliveriesRepository.Tried>());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            due.forEach(one -> threads.execute(() -> tried.add(tried(one))));
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(tried);
    }

    private AllDeliveriesRepository.Tried tried(AllDeliveriesRepository.Due due) {
        try {
            var answer = answer(due);
            boolean isDelivered = answer.status() >= 200 && answer.status() < 300;
            boolean isGone = answer.status() == GONE;
            return new AllDeliveriesRepository.Tried(
                    due.tenant(),
                    due.webhook(),
                    due.id(),
                    isDelivered,
                    answer.status(),
                    isDelivered ? null : "It answered " + answer.status(),
                    isDelivered || isGone || due.last() ? null : pause(due, answer.retryAfter()),
                    isGone);
        } catch (Problem e) {
            return new AllDeliveriesRepository.Tried(
                    due.tenant(),
                    due.webhook(),
                    due.id(),
                    false,
                    null,
                    Text.storable(Text.shorten(e.message(), 300)),
                    due.last() ? null : pause(due, null),
                    false);
        }
    }

    private Answer answer(AllDeliveriesRepository.Due due) {
        var webhook = WebhookReader.readStored(due.definition());
        boolean isOperators = OperatorsWebhook.owns(due);
        var keys = (isOperators ? operators.keys() : secrets.keys(new TenantId(due.tenant()), due.webhook()))
                .orElseThrow(() -> new Problem(
                        dev.wheelhouse.base.ErrorCode.NOT_READY, "Its secret cannot be opened", "Make another one"));
        var headers = keys.sign(OperatorsWebhook.sentId(due), clock.instant(), due.body());
        var reach = isOperators ? outbound.operators() : Reach.to(Reach.uri(webhook.url()), config.privateHosts());
        return outbound.send(
                Sending.post(webhook.url(), headers, due.body()),
                reach,
                (head, body) -> new Answer(head.status(), head.header("retry-after")));
    }

    /// Doubles with each try, up to an hour, a fifth more or less; longer where the receiver asks for it.
    private Duration pause(AllDeliveriesRepository.Due due, @Nullable String retryAfter) {
        var first = OperatorsWebhook.owns(due) ? operators.retry() : config.retry();
        double usual = Math.min(LONGEST.toMillis(), first.toMillis() * Math.pow(2, Math.min(due.tries(), 30) - 1.0));
        double pause = usual * ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        if (retryAfter != null && retryAfter.matches("\\d{1,5}")) {
            pause = Math.max(pause, Math.min(LONGEST.toMillis(), Integer.parseInt(retryAfter) * 1_000.0));
        }
        return Duration.ofMillis((long) pause);
    }
}
