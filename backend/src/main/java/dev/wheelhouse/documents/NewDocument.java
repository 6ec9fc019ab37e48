package dev.wheelhouse.documents;

import org.jspecify.annotations.Nullable;

/// A document to be read.
///
/// @param key what stays the same over its versions; null for its name, or its address
/// @param name such as `handbook.pdf`
/// @param mediaType as its sender says; empty for not at all
/// @param labels JSON text of an object of texts
/// @param bytes of it; null where it has to be fetched or is yet to come
/// @param url its address; null where it was sent
/// @param crawl how far links are followed from it, as [dev.wheelhouse.crawl.Crawl] writes it; null for not at all
public record NewDocument(
        @Nullable String key,
        String name,
        String mediaType,
        String labels,
        byte @Nullable [] bytes,
        @Nullable String url,
        @Nullable String createdBy,
        @Nullable String crawl) {

    public NewDocument(
            @Nullable String key,
            String name,
            String mediaType,
            String labels,
            byte @Nullable [] bytes,
            @Nullable String url,
            @Nullable String createdBy) {
        this(key, name, mediaType, labels, bytes, url, createdBy, null);
    }

    public String keyOrName() {
        return key != null ? key : url != null ? url : name;
    }

    public String source() {
        return crawl != null && crawl.contains("\"first\":\"")
                ? "crawl"
                : url != null ? "url" : mediaType.startsWith("text/plain") && name.isEmpty() ? "text" : "upload";
    }
}
