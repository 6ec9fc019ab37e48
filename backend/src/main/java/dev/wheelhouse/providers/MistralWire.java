package dev.wheelhouse.providers;

import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig;
import java.util.Set;

/// Mistral's own server: OpenAI's chat completions with a few words of its own. Tokens are counted unasked, ids of tool
/// calls have nine letters, thoughts are parts of the content.
final class MistralWire extends OpenAiWire {

    @Override
    public String home(Opening opening) {
        return "https://api.mistral.ai/v1";
    }

    @Override
    public Set<Adaptation> assumed() {
        return Set.of(Adaptation.NO_STREAM_OPTIONS, Adaptation.SHORT_IDS);
    }

    @Override
    String toolChoice() {
        return "any";
    }

    @Override
    boolean isNewer(TargetConfig target) {
        return false;
    }
}
