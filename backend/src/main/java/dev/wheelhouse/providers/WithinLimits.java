package dev.wheelhouse.providers;

import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig.Ability;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Keeps a provider within what its target's settings allow and can: what it cannot do is not sent to it.
final class WithinLimits implements Provider {

    private final Opening opening;
    private final Provider provider;
    private final Throttle throttle;

    WithinLimits(Opening opening, Provider provider) {
        this.opening = opening;
        this.provider = provider;
        this.throttle =
                new Throttle(opening.target().concurrency(), opening.target().requestsPerMinute());
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        check(call);
        Duration whole = opening.timeouts().whole();
        Duration most = budget.compareTo(whole) < 0 ? budget : whole;
        Duration left = throttle.enter(opening.place(), most);
        try {
            return provider.ask(call, watcher, left);
        } finally {
            throttle.leave();
        }
    }

    @Override
    public Set<Adaptation> learnt() {
        return provider.learnt();
    }

    private void check(ModelCall call) throws TryFailed {
        var can = opening.target().abilities();
        if (!call.tools().isEmpty() && !can.contains(Ability.TOOLS)) {
            throw cannot("call tools", "Use another model for agents with tools");
        }
        boolean hasImages = call.messages().stream()
                .anyMatch(message -> message instanceof ModelMessage.User user
                        && !user.images().isEmpty());
        if (hasImages && !can.contains(Ability.IMAGES)) {
            throw cannot("see images", "Use another model for images");
        }
        Integer length = opening.target().contextLength();
        if (length != null && TokenUse.guess(call, "", List.of()).input() > length) {
            throw cannot(
                    "read a conversation of more than %,d tokens".formatted(length),
                    "Shorten the conversation, or add a target with a longer context");
        }
    }

    private TryFailed cannot(String what, String hint) {
        return new TryFailed("refused", "%s cannot %s".formatted(opening.place(), what), hint, Remedy.OTHER_TARGET);
    }
}
