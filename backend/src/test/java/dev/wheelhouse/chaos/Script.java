package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.util.List;
import java.util.Map;

/// What the model says in runs whose message begins with the script's word: `chain 17` is run `17` of script `chain`.
/// An answer depends on nothing but what was asked, so that a repeated call is answered alike.
interface Script {

    /// @param run the second word of the user's message: the load's own name of the run
    /// @param turn how often the model has answered before, in this run: from 0 on
    /// @param results the tool results since then, in order
    /// @param messages all of the request's messages
    record ApprovalRequest(String run, int turn, List<String> results, JsonNode messages) {}

    /// @param calls tool calls; without any, the text is the run's answer
    record Said(String text, List<Call> calls) {

        static Said text(String text) {
            return new Said(text, List.of());
        }

        static Said call(String tool, Map<String, ?> arguments) {
            return calls(new Call(tool, arguments));
        }

        static Said calls(Call... calls) {
            return new Said("", List.of(calls));
        }
    }

    record Call(String tool, Map<String, ?> arguments) {

        String argumentsJson() {
            return Json.write(arguments);
        }
    }

    Said next(ApprovalRequest asked);

    /// Calls these tools one after another, each with the run's and the act's name, then answers: n tools make 2n + 1
    /// steps. The outside takes its time for each: some of 0 to 200 ms, the same for the same run and act.
    static Script chain(String... tools) {
        return slowChain(200, tools);
    }

    static Script slowChain(int slowestMillis, String... tools) {
        return asked -> asked.turn() == tools.length
                ? Said.text("done " + asked.run())
                : Said.call(tools[asked.turn()], act(asked.run(), "a" + asked.turn(), slowestMillis));
    }

    /// Arguments of an effect tool.
    static Map<String, ?> act(String run, String act, int slowestMillis) {
        int forMs = Math.floorMod((run + act).hashCode() * 31, Math.max(1, slowestMillis));
        return Map.of("run", run, "act", act, "forMs", forMs);
    }
}
