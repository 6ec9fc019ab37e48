package dev.wheelhouse.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/// What each metric tells, in one place: it goes into the line `HELP` above its series, wherever the metric is made.
final class Help implements MeterFilter {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("wheelhouse.build.info", "Always 1; its labels say the version of this replica"),
            Map.entry("wheelhouse.runs.started", "Runs that began on this replica"),
            Map.entry("wheelhouse.runs.ended", "Runs that ended on this replica"),
            Map.entry("wheelhouse.runs.duration", "From a run's creation to its end, without waiting for people"),
            Map.entry("wheelhouse.runs.taken.over", "Runs taken over from a replica that was lost"),
            Map.entry("wheelhouse.runs.stale.writes.rejected", "Refused writes of a replica that had lost its run"),
            Map.entry("wheelhouse.runs.at.once", "Runs under way on this replica"),
            Map.entry("wheelhouse.runs.waiting", "Runs of all replicas that wait, by what they wait for"),
            Map.entry("wheelhouse.runs.oldest.due", "How long the run that waits longest for a replica has been due"),
            Map.entry("wheelhouse.steps.ended", "Committed steps"),
            Map.entry("wheelhouse.steps.duration", "How long steps took"),
            Map.entry("wheelhouse.models.tokens", "Tokens of model calls"),
            Map.entry(
                    "wheelhouse.models.cost.micros", "What model calls cost, in millionths of the currency of prices"),
            Map.entry("wheelhouse.models.cost.unknown", "Model calls whose price is not known"),
            Map.entry("wheelhouse.models.tries.failed", "Tries of a model's target that failed"),
            Map.entry("gen_ai.client.operation.duration", "How long calls of models took"),
            Map.entry("gen_ai.client.operation.time_to_first_chunk", "Until the first text of a model's answer"),
            Map.entry("wheelhouse.approvals.open", "Approvals that wait for a decision, over all replicas"),
            Map.entry("wheelhouse.approvals.oldest", "How long the oldest open approval has been open"),
            Map.entry("wheelhouse.approvals.opened", "Approvals asked for by runs of this replica"),
            Map.entry(
                    "wheelhouse.webhooks.tried",
                    "Tries to deliver a message to a webhook; tenant=\"*\" is the operator's"),
            Map.entry("wheelhouse.webhooks.given.up", "Messages to webhooks that failed for a day"),
            Map.entry("wheelhouse.webhooks.disabled", "Webhooks that were switched off because of their address"),
            Map.entry("wheelhouse.approvals.waited", "How long people took to decide"),
            Map.entry("wheelhouse.budgets.left", "What is left of a budget, as this replica last saw it"),
            Map.entry("wheelhouse.budgets.refused", "Calls that a budget refused"),
            Map.entry("wheelhouse.streams.open", "Clients that follow runs"),
            Map.entry("wheelhouse.http.held", "Bytes held of requests that have not come as a whole"),
            Map.entry(
                    "wheelhouse.auth.refused", "Requests without credentials that count, or without the right to ask"),
            Map.entry("wheelhouse.database.connections", "Connections of each pool"),
            Map.entry("wheelhouse.database.wait", "How long work waited for a connection"),
            Map.entry("wheelhouse.database.duration", "How long statements and transactions took, by whose they are"),
            Map.entry("http.server.request.duration", "How long requests took, by route"),
            Map.entry("wheelhouse.traces.sent", "Traces of runs that went to the collector, or did not"),
            Map.entry("wheelhouse.documents.ended", "Documents that are ready, or will not be"),
            Map.entry("wheelhouse.documents.stage", "How long stages of reading documents took"),
            Map.entry(
                    "wheelhouse.documents.oldest.unfinished",
                    "How long the document that waits longest has been on its way, over all replicas"),
            Map.entry("wheelhouse.embeddings.away", "Embedding models that did not answer when they were last asked"),
            Map.entry("wheelhouse.embeddings.tokens", "Tokens of passages that got vectors"),
            Map.entry("wheelhouse.knowledge.search", "How long searches in collections took, by their parts"),
            Map.entry("wheelhouse.knowledge.empty", "Searches in collections that found nothing"),
            Map.entry("wheelhouse.vectors.codes", "Memory that codes of vectors take"),
            Map.entry("process.cpu", "CPU time of the process"));

    @Override
    public Meter.Id map(Meter.Id id) {
        String words = WORDS.get(id.getName());
        return words == null || id.getDescription() != null
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), words, id.getType());
    }
}
