package dev.wheelhouse.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An index at Pinecone beside the vectors in Postgres: it tells which are near, and Postgres which of them this tenant
/// has, and how near they are. What it is behind with, or has kept too long, is noticed there.
///
/// Each generation of a collection has a namespace of its own.
final class PineconeIndex implements VectorIndex {

    private static final Logger LOG = LoggerFactory.getLogger(PineconeIndex.class);
    private static final String VERSION = "2025-04";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 << 20;
    private static final int AT_ONCE = 100;

    /// Of what may be gone meanwhile, some more are asked for.
    private static final int RESERVE = 100;

    private final VectorRows rows;
    private final BitIndex otherwise;
    private final PineconeConfig config;
    private final Outbound outbound;

    PineconeIndex(VectorRows rows, BitIndex otherwise, PineconeConfig config, Outbound outbound) {
        if (config.url() == null
                || config.url().isBlank()
                || config.key() == null
                || config.key().isBlank()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "knowledge.vectors.index is pinecone, and knowledge.vectors.pinecone.url or .key is not set",
                    "Set the address of the index, such as https://name-abc123.svc.region.pinecone.io, and its key");
        }
        this.rows = rows;
        this.otherwise = otherwise;
        this.config = config;
        this.outbound = outbound;
    }

    @Override
    public void add(TenantId tenant, UUID collection, int generation, List<Placed> placed) {
        otherwise.add(tenant, collection, generation, placed);
        for (int from = 0; from < placed.size(); from += AT_ONCE) {
            var body = Json.mapper().createObjectNode().put("namespace", namespace(tenant, collection, generation));
            var vectors = body.putArray("vectors");
            for (var one : placed.subList(from, Math.min(placed.size(), from + AT_ONCE))) {
                var values = vectors.addObject()
                        .put("id", Long.toString(one.passage()))
                        .putArray("values");
                for (float number : one.vector()) {
                    values.add(number);
                }
            }
            ask("/vectors/upsert", body);
        }
    }

    /// Where there are few, and where it does not answer or knows too few, Postgres alone is asked.
    @Override
    public @Nullable Set<Long> near(Space space, float[] vector, int most) {
        if (space.passages() > BitIndex.FEW) {
            try {
                var near = ids(space, vector, most + RESERVE);
                var there = rows.cosines(space, vector, near).keySet();
                forget(space, near.stream().filter(id -> !there.contains(id)).toList());
                if (there.size() >= Math.min(most, space.passages())) {
                    return there;
                }
            } catch (Problem away) {
                LOG.warn("Pinecone was not asked: {}. Vectors are looked up here.", away.message());
            }
        }
        return otherwise.near(space, vector, most);
    }

    private List<Long> ids(Space space, float[] vector, int most) {
        var body = Json.mapper()
                .createObjectNode()
                .put("namespace", namespace(space.tenant(), space.collection(), space.generation()))
                .put("topK", most)
                .put("includeValues", false)
                .put("includeMetadata", false);
        var numbers = body.putArray("vector");
        for (float number : vector) {
            numbers.add(number);
        }
        var ids = new ArrayList<Long>();
        ask("/query", body).path("matches").forEach(match -> {
            String id = match.path("id").asText();
            if (id.matches("\\d{1,18}")) {
                ids.add(Long.valueOf(id));
            }
        });
        return ids;
    }

    /// Those of passages that are gone.
    private void forget(Space space, List<Long> gone) {
        if (gone.isEmpty()) {
            return;
        }
        var body = Json.mapper()
                .createObjectNode()
                .put("namespace", namespace(space.tenant(), space.collection(), space.generation()));
        gone.forEach(id -> body.withArray("ids").add(Long.toString(id)));
        ask("/vectors/delete", body);
    }

    @Override
    public long bytes() {
        return otherwise.bytes();
    }

    private static String namespace(TenantId tenant, UUID collection, int generation) {
        return "%s.%s.%d".formatted(tenant.name(), collection, generation);
    }

    private JsonNode ask(String path, JsonNode body) {
        var headers = new HashMap<>(Map.of(
                "Api-Key",
                String.valueOf(config.key()),
                "X-Pinecone-Api-Version",
                VERSION,
                "Accept",
                "application/json"));
        String url = String.valueOf(config.url()).replaceAll("/+$", "") + path;
        var sending = Sending.post(url, headers, body.toString()).within(LONGEST, MOST_BYTES);
        return outbound.send(sending, outbound.operators(), (head, content) -> {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            if (head.status() != 200) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "The vector index answered %d: %s".formatted(head.status(), Text.shorten(text, 200)),
                        "Check knowledge.vectors.pinecone");
            }
            return Json.read(text.isBlank() ? "{}" : text);
        });
    }
}
