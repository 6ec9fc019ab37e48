package dev.wheelhouse.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProofTest {

    @Test
    void published_page_is_what_the_published_figures_make() throws Exception {
        var docs = Path.of("../docs");
        var figures = Json.read(Files.readString(docs.resolve("proof/figures.json")));

        assertThat(Proof.page(figures)).isEqualTo(Files.readString(docs.resolve("proof.md")));
    }

    @Test
    void figures_that_are_missing_or_missed_are_said_to_be() {
        var figures = Json.read("""
                {"machine": {"cores": 2, "memoryGiB": 24}, "experiments": {"D1": {"passed": false, "seed": 7, "seconds": 9,
                  "at": "2026-11-21T10:00:00Z", "figures": [
                    {"name": "lost", "written": "1", "bar": "0", "passed": false},
                    {"name": "runs", "written": "400", "passed": true}]}}}""");

        assertThat(Proof.page(figures))
                .contains(
                        "→ **Missed.** lost 1 (0) **missed**, runs 400. [2026-11-21, 9 s, `make chaos EXPERIMENT=D1 SEED=7`]")
                .contains("Not measured yet.")
                .contains("2 cores and 24 GiB");
    }
}
