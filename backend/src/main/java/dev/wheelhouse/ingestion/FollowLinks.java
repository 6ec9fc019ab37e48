package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.crawl.Crawl;
import dev.wheelhouse.crawl.Links;
import dev.wheelhouse.crawl.Robots;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.Documents;
import dev.wheelhouse.parsing.UnreadableException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/// Makes documents of the pages that a fetched page leads to. Done again after a loss, it adds what is missing.
@Singleton
final class FollowLinks {

    private static final int MOST_OF_A_PAGE = 200;

    private final Documents documents;
    private final FetchDocument fetch;
    private final KnowledgeConfig config;
    private final Provider<Ingestion> ingestion;

    FollowLinks(Documents documents, FetchDocument fetch, KnowledgeConfig config, Provider<Ingestion> ingestion) {
        this.documents = documents;
        this.fetch = fetch;
        this.config = config;
        this.ingestion = ingestion;
    }

    void follow(TenantId tenant, Document from, FetchDocument.Fetched page) {
        var crawl = Crawl.read(from.source().crawl());
        if (crawl == null || crawl.depth() < 1) {
            return;
        }
        var first = crawl.first() == null ? from.id() : crawl.first();
        var links = Links.of(page.bytes(), page.mediaType(), page.url());
        if (links.isEmpty()) {
            return;
        }
        var robots = robots(page.url());
        int left = Math.min(MOST_OF_A_PAGE, config.maxWaiting() - documents.unfinished(tenant));
        for (String link : links) {
            if (left > 0 && robots.allows(link) && add(tenant, from, crawl.deeper(first), link)) {
                left--;
            }
        }
    }

    private Robots robots(String page) {
        try {
            var answer = fetch.fetch(Crawl.robots(page));
            return Robots.read(answer.status(), answer.bytes());
        } catch (UnreadableException away) {
            return Robots.read(503, new byte[0]);
        }
    }

    /// False where the crawl has it already, or has enough.
    private boolean add(TenantId tenant, Document from, Crawl crawl, String url) {
        var added = documents.addCrawled(tenant, from, url, crawl);
        added.ifPresent(id -> ingestion.get().begin(tenant, id));
        return added.isPresent();
    }
}
