package dev.wheelhouse.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.budgets.BudgetListener;
import dev.wheelhouse.budgets.Refusal;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.notices.Notices;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells that a budget is used up: when the first call is refused, and once an hour while more are.
@Singleton
final class NoteBudgets implements BudgetListener {

    private static final Logger LOG = LoggerFactory.getLogger(NoteBudgets.class);

    private final BeanProvider<Notices> notices;
    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    NoteBudgets(BeanProvider<Notices> notices) {
        this.notices = notices;
    }

    @Override
    public void refused(Refusal refusal) {
        var budget = refusal.budget();
        if (notices.get().isWatched(budget.tenant())
                && told.asMap().putIfAbsent(budget.id() + " " + refusal.subject(), true) == null) {
            Thread.ofVirtual().start(() -> note(refusal));
        }
    }

    private void note(Refusal refusal) {
        var budget = refusal.budget();
        var event = Json.mapper().createObjectNode();
        event.putObject("budget")
                .put("id", budget.id().toString())
                .put("scope", budget.scope().word())
                .put("unit", budget.unit().word())
                .put("period", budget.period().word())
                .put("subject", refusal.subject());
        try {
            notices.get().note(budget.tenant(), "budget.reached", budget.id(), event.toString());
        } catch (DatabaseException | Problem e) {
            LOG.warn("That a budget of {} is used up could not be told: {}", budget.tenant(), e.getMessage());
        }
    }
}
