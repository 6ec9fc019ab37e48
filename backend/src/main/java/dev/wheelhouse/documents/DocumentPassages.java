package dev.wheelhouse.documents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.parsing.Parsed;
import dev.wheelhouse.passages.Bigrams;
import dev.wheelhouse.passages.Cut;
import dev.wheelhouse.passages.Language;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is read of documents: their pages and passages.
///
/// Each of these may be done again, by another replica too: what is there already is replaced or left.
@Singleton
public final class DocumentPassages {

    private static final int AT_ONCE = 200;

    private final Database database;
    private final PageRepository pages;
    private final PassageRepository passages;

    DocumentPassages(Database database, PageRepository pages, PassageRepository passages) {
        this.database = database;
        this.pages = pages;
        this.passages = passages;
    }

    public void addPages(TenantId tenant, UUID document, Parsed parsed, String title) {
        int count = parsed.pages().size();
        for (int from = 0; from < count; from += AT_ONCE) {
            int before = from;
            String[] some = parsed.pages()
                    .subList(from, Math.min(count, from + AT_ONCE))
                    .toArray(String[]::new);
            database.as(tenant, () -> pages.add(document, before, some));
        }
        database.as(tenant, () -> {
            pages.dropAfter(document, count);
            pages.describe(
                    document,
                    count,
                    parsed.emptyPages().stream().map(String::valueOf).toArray(String[]::new),
                    parsed.warnings().toArray(String[]::new),
                    parsed.mediaType(),
                    title);
        });
    }

    public List<String> pages(TenantId tenant, UUID document) {
        return database.as(tenant, () -> pages.list(document));
    }

    /// The first is number 1.
    public Optional<String> page(TenantId tenant, UUID document, int page) {
        return database.as(tenant, () -> pages.find(document, page));
    }

    /// Passages that nobody can find yet.
    public void add(TenantId tenant, Document document, List<Cut> cuts, Language language) {
        var id = document.id();
        database.as(tenant, () -> {
            if (passages.setLanguage(id, language.code(), language.config()) == 1) {
                passages.drop(id);
            }
        });
        for (int from = 0; from < cuts.size(); from += AT_ONCE) {
            var some = new ArrayList<PassageRepository.Added>();
            for (int at = from; at < Math.min(cuts.size(), from + AT_ONCE); at++) {
                some.add(added(at + 1, cuts.get(at), document.title()));
            }
            String rows = new Columns<>(some).json();
            database.as(tenant, () -> passages.add(id, language.config(), rows));
        }
    }

    private static PassageRepository.Added added(int seq, Cut cut, String title) {
        return new PassageRepository.Added(
                seq, cut.page(), cut.from(), cut.to(), cut.heading(), cut.text(), Bigrams.of(cut.indexed(title)));
    }

    /// A passage as it is searched.
    public record Indexed(long id, String text) {}

    /// Those of a document that have no vector of this generation, in their order.
    public List<Indexed> withoutVector(TenantId tenant, UUID document, int generation, int from, int most) {
        return indexed(database.as(tenant, () -> passages.withoutVector(document, generation, from, from + most)));
    }

    /// The same of all ready documents of a collection, after the passage with this id.
    public List<Indexed> ofCollection(TenantId tenant, UUID collection, int generation, long after, int most) {
        return indexed(database.as(tenant, () -> passages.ofCollection(collection, generation, after, most)));
    }

    private static List<Indexed> indexed(List<PassageRepository.Row> rows) {
        return rows.stream().map(row -> new Indexed(row.id(), row.indexed())).toList();
    }

    /// How many of a document have no vector of this generation.
    public int missing(TenantId tenant, UUID document, int generation) {
        return database.as(tenant, () -> passages.missing(document, generation));
    }

    public int count(TenantId tenant, UUID document) {
        return database.as(tenant, () -> passages.count(document));
    }
}
