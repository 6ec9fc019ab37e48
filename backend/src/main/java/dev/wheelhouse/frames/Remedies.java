package dev.wheelhouse.frames;

import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.util.Locale;
import java.util.regex.Pattern;

/// What may help after a refusal, by its status and its words.
final class Remedies {

    private static final Pattern TOO_LONG = Pattern.compile("context_length_exceeded|context.?(length|window|size)"
            + "|prompt is too long|too (long|large) for|input is too long|too many (input )?tokens"
            + "|maximum (context|number of tokens|input length)|exceeds? (the )?(maximum|model|context|available)"
            + ".{0,40}(token|context|length)|max_model_len|inputs.{0,3}tokens|longer than the model"
            + "|reduce (the|your) (length|prompt|input)|string_above_max_length|request_too_large|token limit");
    private static final Pattern NO_MONEY = Pattern.compile(
            "insufficient.?(quota|balance|credits?|funds)"
                    + "|exceeded your current quota|check your plan and billing|billing_(hard_limit|not_active|error)"
                    + "|credit balance|out of credits|not enough credits|account.{0,30}(suspended|deactivated|arrears)"
                    + "|budget has been exceeded|budget_exceeded|arrearage|payment required|quota.{0,20}(used up|exhausted)|no (resource package|credits)");
    private static final Pattern PASSING_QUOTA =
            Pattern.compile("resource_exhausted|per.?(minute|second|day)|rate.?limit|requests per|tpm|rpm");
    private static final Pattern FILTERED = Pattern.compile(
            "content_?filter|content_policy|content management policy"
                    + "|responsibleaipolicy|data_?inspection|moderation|flagged|safety system|sensitive|guardrail|prohibited_content");
    private static final Pattern NO_MODEL =
            Pattern.compile("model_not_found|model.{0,60}(not found|does not exist|not exist|unknown|no such)"
                    + "|(unknown|no such|invalid) model|try pulling it|not a valid model");
    private static final Pattern SLOW_DOWN =
            Pattern.compile("rate_?limit|too.?many.?requests|throttl|rate limit|resource_exhausted|limit_requests");
    private static final Pattern TEMPLATE = Pattern.compile("jinja|chat.?template|roles must alternate");
    private static final Pattern BAD_CALL =
            Pattern.compile("tool_use_failed|failed to call a function|failed_generation|output_parse_failed"
                    + "|malformed_function_call|failed to parse (tool call|input at pos)");

    private Remedies() {}

    static TryFailed of(String place, Refusal refusal) {
        int status = refusal.status();
        String said = refusal.all().toLowerCase(Locale.ROOT);
        boolean isAboutRequest = status < 500
                || !refusal.isStatusKnown()
                || status == 500 && TEMPLATE.matcher(said).find();
        if (isAboutRequest && TOO_LONG.matcher(said).find() && status != 429) {
            return refused(place, refusal, "Shorten the conversation, or add a target with a longer context");
        }
        if (isOutOfMoney(refusal, said)) {
            return refused(place, refusal, "Add credit at this provider, or add another target to the alias");
        }
        if (isAboutRequest && status != 429 && FILTERED.matcher(said).find()) {
            return refused(place, refusal, "Its content filter refused this conversation: say it in other words");
        }
        if (BAD_CALL.matcher(said).find() && status != 429) {
            return new TryFailed("bad_answer", sentence(place, refusal), null, Remedy.RETRY);
        }
        return byStatus(place, refusal, said);
    }

    private static boolean isOutOfMoney(Refusal refusal, String said) {
        boolean passes = refusal.retryAfter() != null
                || PASSING_QUOTA.matcher(said).find() && !said.contains("insufficient_quota");
        return refusal.status() == 402
                || (refusal.status() < 500
                                || !refusal.isStatusKnown()
                                || refusal.words().contains("insufficient_quota"))
                        && NO_MONEY.matcher(said).find()
                        && !(refusal.status() == 429 && passes && !said.contains("insufficient_quota"));
    }

    private static TryFailed byStatus(String place, Refusal refusal, String said) {
        int status = refusal.status();
        return switch (status) {
            case 401, 403, 407 -> refused(place, refusal, "Check the key of this provider");
            case 404, 410 -> refused(place, refusal, "Check the model's name and the address");
            case 429 -> limited(place, refusal);
            case 408, 409, 424, 425, 498, 499 -> broken(place, refusal);
            default -> {
                if (status >= 300 && status < 400) {
                    yield refused(place, refusal, "Write the address that it leads to as the target's url");
                }
                if (NO_MODEL.matcher(said).find() && status < 500) {
                    yield refused(place, refusal, "Check the model's name and the address");
                }
                if (SLOW_DOWN.matcher(said).find()) {
                    yield limited(place, refusal);
                }
                boolean lasts = status < 500
                        || status == 501
                        || status == 505
                        || TEMPLATE.matcher(said).find();
                yield lasts ? refused(place, refusal, null) : broken(place, refusal);
            }
        };
    }

    private static TryFailed limited(String place, Refusal refusal) {
        return new TryFailed(
                "rate_limited",
                sentence(place, refusal),
                "Try again later, or add a target to the alias",
                refusal.mayRetry() ? Remedy.RETRY : Remedy.OTHER_TARGET,
                refusal.retryAfter());
    }

    private static TryFailed broken(String place, Refusal refusal) {
        return new TryFailed(
                "provider_error",
                sentence(place, refusal),
                null,
                refusal.mayRetry() ? Remedy.RETRY : Remedy.OTHER_TARGET,
                refusal.retryAfter());
    }

    private static TryFailed refused(String place, Refusal refusal, @org.jspecify.annotations.Nullable String hint) {
        return new TryFailed("refused", sentence(place, refusal), hint, Remedy.OTHER_TARGET);
    }

    private static String sentence(String place, Refusal refusal) {
        String words = refusal.sentence();
        return words.isBlank()
                ? "%s refused with %d and said nothing else".formatted(place, refusal.status())
                : refusal.isInStream()
                        ? "%s broke off with an error: %s".formatted(place, words)
                        : "%s refused with %d: %s".formatted(place, refusal.status(), words);
    }
}
