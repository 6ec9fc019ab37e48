package dev.wheelhouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The figures as a page: `docs/cost.md` comes from `docs/proof/bench.json` and from nothing else.
final class CostPage {

    private static final String HEAD = """
            # What a run costs

            Made by `make bench`; `make bench BENCH=B4` measures one part again. Figures of the last run of each part:
            [proof/bench.json](proof/bench.json). %s

            Each part starts the built distribution with keys on, and a Postgres with fsync on, and reads CPU (user and kernel, of
            the backend and of all of Postgres, never of the driver), memory, statements and write-ahead log from outside. Counts
            hold on any computer; times are told only over those of *the floor*, measured in the same round: a server of 120 lines
            with the same commits and nothing around them, on the same Java and Postgres. A figure is the median of its rounds,
            with the smallest and the largest; rounds in which the floor was more than twice off are thrown away. The model is the demo
            model in the backend's process unless a line says otherwise.
            """;

    private static final String MISSED = """

            ## Where bars are missed

            - *Stored bytes of a thread*: the texts are 0.37 MB. Kept aside, with their heads and in pages that eight of them fill, they take
              0.41; the rows of the runs take 0.05 and as much again and a half of room for their changes; index entries the
              rest. More of a page for rows (fill factor 70, 100 in place of 40) makes the write-ahead log of a run 2,200 and 2,740 B. What is
              left is a code by letter frequency for the texts, and why it waits: [decision 0031](decisions/0031-long-texts-stay-as-they-are.md).
            - *Takeover*: a replica looks at the very moment at which a lease ends, so what is left is CPU. Of two runs with ten
              times the work that the two cores could carry, one took 7.4 s (the lease was renewed before the kill) and one 8.8 s.
            - *Engine step*: 7.5 us in a run before this one; in turns with the former version on the same computer, 7.9 us in place of 10.1.
            - *CPU per token, first token*: nothing was tried yet.
            """;

    private CostPage() {}

    /// Makes the page again from the file: arguments are the figures and the page.
    public static void main(String[] files) throws IOException {
        write(new ObjectMapper().readTree(Path.of(files[0]).toFile()), Path.of(files[1]));
    }

    static void write(JsonNode all, Path page) throws IOException {
        var machine = all.path("machine");
        var text = new StringBuilder(HEAD.formatted("Measured on Linux with %d cores and %d GiB that other work shared."
                .formatted(
                        machine.path("cores").asInt(), machine.path("memoryGiB").asInt())));
        for (var bench : all.path("benches")) {
            text.append("\n## %s: %s\n\n| figure | found | rounds | bar | |\n|---|---|---|---|---|\n"
                    .formatted(bench.path("name").asText(), bench.path("title").asText()));
            for (var figure : bench.path("figures")) {
                boolean hasBar = figure.has("bar");
                text.append("| %s | %s | %s | %s | %s |\n"
                        .formatted(
                                figure.path("name").asText().strip(),
                                figure.path("written").asText(),
                                figure.path("spread").asText(""),
                                figure.path("bar").asText(""),
                                !hasBar ? "" : figure.path("passed").asBoolean() ? "pass" : "**missed**"));
            }
        }
        Files.writeString(page, text.append(MISSED).toString());
    }
}
