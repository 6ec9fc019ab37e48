package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds what a person says to the form that was asked for: edited arguments to the tool's schema, an answer to the
/// question's.
@Singleton
final class CheckForm {

    private final Tools tools;

    CheckForm(Tools tools) {
        this.tools = tools;
    }

    /// Refuses with all that does not fit.
    void check(TenantId tenant, Approval approval, Decision decision) {
        if (!approval.isOpen() || !decision.decision().equals("approve")) {
            return;
        }
        if (approval.kind().equals("tool") && decision.arguments() != null) {
            checkArguments(tenant, approval.question().path("tool").asText(), decision.arguments());
        }
        if (approval.kind().equals("question")) {
            checkAnswer(approval.question().get("schema"), decision.answer());
        }
    }

    private void checkArguments(TenantId tenant, String tool, JsonNode arguments) {
        var known = tools.of(tenant).find(tool);
        if (known.isPresent()) {
            refuse("/arguments", Tools.wrong(known.get().schema(), arguments));
        }
    }

    private static void checkAnswer(@Nullable JsonNode schema, @Nullable JsonNode answer) {
        if (answer == null) {
            refuse("/answer", "\"answer\" is missing");
        } else if (schema != null) {
            refuse("/answer", Tools.wrong(schema, answer));
        }
    }

    private static void refuse(String path, @Nullable String why) {
        if (why != null) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    why,
                    "Correct all that is named",
                    List.of(Problem.Mistake.at(path, why, null)));
        }
    }
}
