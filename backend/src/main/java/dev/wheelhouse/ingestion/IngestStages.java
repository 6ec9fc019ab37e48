package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.documents.Collections;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.DocumentBytes;
import dev.wheelhouse.documents.DocumentPassages;
import dev.wheelhouse.documents.DocumentStages;
import dev.wheelhouse.documents.Documents;
import dev.wheelhouse.parsing.Parsed;
import dev.wheelhouse.parsing.Parsing;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.parsing.UnreadableException;
import dev.wheelhouse.passages.Language;
import dev.wheelhouse.passages.Passages;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.StepContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// What each stage does to a document. One that is ready already is left as it is and answers as it did.
@Singleton
final class IngestStages {

    private static final int MOST_PASSAGES = 20_000;
    private static final String CANCELLED = "cancelled";
    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{2,5}$");

    private final Collections collections;
    private final Documents documents;
    private final DocumentStages progress;
    private final DocumentBytes bytes;
    private final DocumentPassages passages;
    private final Parsing parsing;
    private final FetchDocument fetch;
    private final FollowLinks links;
    private final EmbedPassages embed;
    private final List<IngestionListener> listeners;

    IngestStages(
            Collections collections,
            Documents documents,
            DocumentStages progress,
            DocumentBytes bytes,
            DocumentPassages passages,
            Parsing parsing,
            FetchDocument fetch,
            FollowLinks links,
            EmbedPassages embed,
            List<IngestionListener> listeners) {
        this.listeners = listeners;
        this.collections = collections;
        this.documents = documents;
        this.progress = progress;
        this.bytes = bytes;
        this.passages = passages;
        this.parsing = parsing;
        this.fetch = fetch;
        this.links = links;
        this.embed = embed;
    }

    Outcome perform(StepContext step, UUID id, Document.Stage stage, int part) throws Exception {
        var tenant = step.tenant();
        var document = documents.find(tenant, id).orElse(null);
        boolean isReady = document != null && document.progress().state() == Document.State.READY;
        if (document == null || !isReady && !progress.at(tenant, id, stage, 0, 0)) {
            return Outcome.failed(new Failure(CANCELLED, "The document is no longer wanted"));
        }
        step.ensureOwned();
        long begun = System.nanoTime();
        var outcome = staged(tenant, document, stage, part, isReady);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        listeners.forEach(listener -> listener.staged(tenant, stage, took));
        return outcome;
    }

    private Outcome staged(TenantId tenant, Document document, Document.Stage stage, int part, boolean isReady)
            throws IOException, InterruptedException {
        return switch (stage) {
            case RECEIVE, FETCH -> isReady ? Outcome.of("{}") : fetched(tenant, document);
            case PARSE -> isReady ? parsed(document.content().pages()) : parse(tenant, document);
            case SPLIT -> isReady ? split(document.content().passages(), 0) : split(tenant, document);
            case EMBED -> embedded(tenant, document, part);
            case PUBLISH -> publish(tenant, document, isReady);
        };
    }

    /// The work goes on when the model is back; not at all where it refuses a text.
    static Outcome notEmbedded(Problem away) {
        var reason = isRefused(away) ? Reason.TEXT_REFUSED : Reason.EMBEDDING_FAILED;
        String message = away.hint() == null || isRefused(away) ? away.message() : away.message() + ". " + away.hint();
        return Outcome.failed(new Failure(reason.code(), message, reason.remedy()));
    }

    private static boolean isRefused(Problem away) {
        return away.code() == ErrorCode.BAD_REQUEST;
    }

    /// Ends the document as failed, for a reason that people can act on.
    void fail(TenantId tenant, UUID document, Failure failure) {
        var reason = Reason.of(failure.code()).orElse(Reason.BROKE);
        var state = failure.code().equals(CANCELLED) ? Document.State.CANCELLED : Document.State.FAILED;
        var shown = state == Document.State.FAILED ? reason : null;
        if (progress.end(tenant, document, state, shown, Text.shorten(failure.message(), 500))) {
            listeners.forEach(listener -> listener.ended(tenant, state, shown));
        }
    }

    private Outcome fetched(TenantId tenant, Document document) {
        try {
            var answer = fetch.fetch(document);
            bytes.store(tenant, document.id(), 0, answer.bytes());
            progress.fetched(
                    tenant, document.id(), answer.mediaType(), Hash.bytes(answer.bytes()), answer.bytes().length);
            links.follow(tenant, document, answer);
            return Outcome.of("{\"bytes\":%d}".formatted(answer.bytes().length));
        } catch (UnreadableException e) {
            return Outcome.failed(failure(e));
        }
    }

    private Outcome parse(TenantId tenant, Document document) throws IOException, InterruptedException {
        var declared = new Parsing.Declared(document.name(), document.source().mediaType());
        try (var content = bytes.open(tenant, document.id())) {
            var read = parsing.read(content, declared);
            String title =
                    read.title().isBlank() ? nameOf(document) : read.title().strip();
            passages.addPages(tenant, document.id(), storable(read), Text.storable(Text.shorten(title, 300)));
            return parsed(read.pages().size());
        } catch (UnreadableException e) {
            return Outcome.failed(failure(e));
        }
    }

    private static Parsed storable(Parsed read) {
        return new Parsed(
                read.mediaType(),
                read.title(),
                read.pages().stream().map(Text::storable).toList(),
                read.warnings());
    }

    /// The name of a file without its folders and its ending, which nobody looks for. A sentence may have a slash.
    private static String nameOf(Document document) {
        String name = document.name().isBlank() ? document.key() : document.name();
        String last = name.substring(name.lastIndexOf('/') + 1);
        String file = ENDING.matcher(last).replaceFirst("");
        boolean isPath = !file.equals(last) || name.indexOf(' ') < 0;
        return isPath && !file.isBlank() ? file : name;
    }

    private static Failure failure(UnreadableException e) {
        return new Failure(e.reason().code(), e.detail(), e.reason().remedy());
    }

    private Outcome split(TenantId tenant, Document document) {
        var pages = passages.pages(tenant, document.id());
        var collection = collections.find(tenant, document.collection()).orElseThrow();
        var language = Language.of(collection.language())
                .orElseGet(() -> Language.detect(document.title() + "\n" + String.join("\n", pages)));
        var cuts = Passages.cut(pages, language);
        if (cuts.size() > MOST_PASSAGES) {
            return Outcome.failed(new Failure(
                    Reason.TEXT_TOO_LONG.code(),
                    "It has %,d passages of at most %,d".formatted(cuts.size(), MOST_PASSAGES)));
        }
        passages.add(tenant, document, cuts, language);
        return split(cuts.size(), embed.isWanted(collection) ? cuts.size() : 0);
    }

    private static Outcome parsed(int pages) {
        return Outcome.of("{\"pages\":%d}".formatted(pages));
    }

    private static Outcome split(int passages, int embed) {
        return Outcome.of("{\"passages\":%d,\"embed\":%d}".formatted(passages, embed));
    }

    private Outcome embedded(TenantId tenant, Document document, int part) throws InterruptedException {
        var collection = collections.find(tenant, document.collection()).orElseThrow();
        try {
            if (part == 0) {
                // The first batch may take long, and people want to know of how much.
                progress.at(tenant, document.id(), Document.Stage.EMBED, 0, embed.total(tenant, document));
            }
            var done = embed.batch(tenant, collection, document, part);
            progress.at(tenant, document.id(), Document.Stage.EMBED, done.done(), done.total());
            return Outcome.of("{\"left\":%d}".formatted(done.total() - done.done()));
        } catch (Problem away) {
            if (!isRefused(away)) {
                progress.waits(tenant, document.id(), Reason.MODEL_AWAY, Text.shorten(away.message(), 500));
            }
            return notEmbedded(away);
        }
    }

    /// One that was ready already comes from its vectors, which a replica may have missed.
    private Outcome publish(TenantId tenant, Document before, boolean wasReady) {
        boolean isReady = progress.publish(tenant, before.id());
        var document = documents.find(tenant, before.id()).orElse(null);
        if (document == null || !isReady) {
            return Outcome.failed(new Failure(CANCELLED, "The document is no longer wanted"));
        }
        if (wasReady) {
            progress.touch(tenant, document);
        } else {
            listeners.forEach(listener -> listener.ended(tenant, Document.State.READY, null));
        }
        var collection = collections.find(tenant, document.collection()).orElseThrow();
        return Outcome.of("{\"passages\":%d,\"embed\":%d}"
                .formatted(document.content().passages(), embed.missing(tenant, collection, document.id())));
    }
}
