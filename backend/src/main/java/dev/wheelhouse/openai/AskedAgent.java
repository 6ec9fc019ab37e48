package dev.wheelhouse.openai;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.rest.Fields;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The agent that a request names as its model.
///
/// @param blind why it is shown no pictures, null where it sees them
/// @param unknown why it cannot be asked, null where it can
record AskedAgent(
        String name, @Nullable String blind, @Nullable Problem unknown) {

    /// @param isOther whether a name is that of another program that one message is enough for
    static AskedAgent of(Fields fields, Agents agents, TenantId tenant, Predicate<String> isOther) {
        String name = fields.text("model", 100);
        if (name.isEmpty()) {
            return new AskedAgent(name, null, null);
        }
        try {
            var definition = agents.published(tenant, name).definition();
            return new AskedAgent(name, agents.sees(definition) ? null : Agents.cannotSee(definition), null);
        } catch (Problem unknown) {
            return isOther.test(name)
                    ? new AskedAgent(name, "\"%s\" is not an agent and takes text alone".formatted(name), null)
                    : new AskedAgent(name, null, unknown);
        }
    }

    /// Refuses with all mistakes of the request. An unknown name is told with the others, and alone as what it is.
    void check(Fields fields) {
        if (unknown != null && !fields.areRight()) {
            fields.refuse("model", unknown.message(), unknown.hint());
        }
        fields.check();
        if (unknown != null) {
            var mistake = Problem.Mistake.at("/model", unknown.message(), unknown.hint());
            throw new Problem(unknown.code(), unknown.message(), unknown.hint(), List.of(mistake));
        }
    }
}
