package dev.wheelhouse;

import dev.wheelhouse.approvals.Announcing;
import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.secrets.Secrets;
import dev.wheelhouse.tenants.Tenants;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import java.util.ArrayList;
import java.util.List;

/// Refuses settings that cannot work, with all that is wrong at once, before anything else is made.
///
/// What a setting means is known where it is used: each of these refuses its own when it is made, with what it found.
/// Made one after the other by whoever needs them, the first would hide what the others have to say. Only models have
/// to wait for the way out, which their providers are made with.
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class CheckSettings {

    private final List<Problem> found = new ArrayList<>();

    CheckSettings(
            BeanContext beans, Environment environment, @Value("${micronaut.server.host:127.0.0.1}") String host) {
        collect(() -> Settings.check(beans, environment, System.getenv("WHEELHOUSE_CONFIG")));
        collect(() -> beans.getBean(Outbound.class));
        collect(() -> beans.getBean(Models.class));
        collect(() -> beans.getBean(OperatorRules.class));
        collect(() -> beans.getBean(Announcing.class));
        collect(() -> beans.getBean(Tenants.class).checkSettings(host));
        collect(() -> beans.getBean(Secrets.class));
        if (found.size() == 1) {
            throw found.getFirst();
        } else if (!found.isEmpty()) {
            throw new Problem(ErrorCode.NOT_READY, "The settings have mistakes", "Correct them", mistakes());
        }
    }

    private void collect(Runnable making) {
        try {
            making.run();
        } catch (RuntimeException e) {
            var problem = RefuseStart.problem(e);
            if (problem == null) {
                throw e;
            }
            // Made for two of them, one thing refuses twice.
            if (found.stream()
                    .noneMatch(other -> other.message().equals(problem.message())
                            && other.mistakes().equals(problem.mistakes()))) {
                found.add(problem);
            }
        }
    }

    /// One that has no list of its own is a mistake itself; its words name the setting.
    private List<Problem.Mistake> mistakes() {
        return found.stream()
                .flatMap(problem -> problem.mistakes().isEmpty()
                        ? List.of(Problem.Mistake.at("", problem.message(), problem.hint())).stream()
                        : problem.mistakes().stream())
                .distinct()
                .toList();
    }
}
