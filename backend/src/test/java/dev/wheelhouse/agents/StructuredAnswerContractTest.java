package dev.wheelhouse.agents;

/// An agent whose answer is JSON: resumed, forked, retried and replayed, it is the same value.
class StructuredAnswerContractTest extends AgentContractTest {

    @Override
    String more() {
        return "output: {schema: {type: object, properties: {text: {type: string}}, required: [text]}}\n";
    }
}
