package dev.wheelhouse.openai;

import dev.wheelhouse.citations.Citation;
import dev.wheelhouse.citations.Citations;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.stream.Collectors;

/// Tells clients which passages the marks of an answer lead to, in OpenAI's form.
@Singleton
final class Annotations {

    static final String NONE = "[]";

    private final Citations citations;

    Annotations(Citations citations) {
        this.citations = citations;
    }

    /// JSON text of a list, each with the place of its mark.
    String of(Run run, String text) {
        var cited = citations.of(run.tenant(), run.thread(), text).stream()
                .collect(Collectors.toMap(Citation::n, citation -> citation));
        if (cited.isEmpty()) {
            return NONE;
        }
        var all = new ArrayList<String>();
        Citation.MARK.matcher(text).results().forEach(mark -> {
            var citation = cited.get(Integer.valueOf(mark.group(1)));
            if (citation != null) {
                all.add(new JsonObject()
                        .put("type", "file_citation")
                        .put("index", mark.start())
                        .put("file_id", citation.document().toString())
                        .put("filename", citation.title())
                        .end());
            }
        });
        return JsonObject.array(all);
    }
}
