package dev.wheelhouse.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What settings of announcements are refused, and where links lead.
class AnnouncingTest {

    private static Announcing announcing(@Nullable String url, @Nullable String secret, @Nullable String console) {
        return new Announcing(new ApprovalsConfig(url, secret, Duration.ofSeconds(1), console, List.of()));
    }

    @Test
    void settings_that_cannot_work_are_refused_together_without_the_secret() {
        assertThatThrownBy(() -> announcing("hook", "whsec_c2hvcnQ=", null))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.mistakes())
                            .extracting(Problem.Mistake::path)
                            .isEqualTo(List.of("approvals.webhook-url", "approvals.webhook-secret"));
                    assertThat(problem.mistakes().toString()).doesNotContain("c2hvcnQ");
                });
    }

    @Test
    void without_an_address_nothing_else_is_asked_for() {
        assertThat(announcing(null, null, null).address()).isEmpty();
    }

    @Test
    void link_leads_to_the_console_and_to_nowhere_without_one() {
        var id = new UUID(1, 2);
        assertThat(announcing(null, null, "https://console.example.org/").link(id))
                .isEqualTo("https://console.example.org/approvals?approval=" + id);
        assertThat(announcing(null, null, null).link(id)).isNull();
    }
}
