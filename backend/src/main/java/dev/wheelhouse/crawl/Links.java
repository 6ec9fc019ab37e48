package dev.wheelhouse.crawl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/// The links of a page to others on its server, in their order, each once.
public final class Links {

    private static final int MOST = 1_000;
    private static final int LONGEST = 2_000;

    private Links() {}

    /// @param url where the page came from
    public static List<String> of(byte[] html, String type, String url) {
        String media = type.toLowerCase(Locale.ROOT);
        if (!media.contains("html") && !media.isBlank()) {
            return List.of();
        }
        var page = parsed(html, url);
        if (page == null || isNoFollow(page.select("meta[name~=(?i)^robots$]").attr("content"))) {
            return List.of();
        }
        var here = URI.create(url);
        var found = new LinkedHashSet<String>();
        for (var link : page.select("a[href]")) {
            String to = isNoFollow(link.attr("rel")) ? null : sameServer(here, link.absUrl("href"));
            if (to != null && found.size() < MOST) {
                found.add(to);
            }
        }
        found.remove(withoutFragment(url));
        return List.copyOf(found);
    }

    private static @Nullable Document parsed(byte[] html, String url) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(html), null, url);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isNoFollow(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("nofollow") || lower.contains("none");
    }

    /// The address without its fragment, or null where it leads to another server.
    private static @Nullable String sameServer(URI here, String address) {
        String plain = withoutFragment(address.strip());
        try {
            var to = URI.create(plain);
            boolean isSame = String.valueOf(to.getScheme()).equalsIgnoreCase(here.getScheme())
                    && String.valueOf(to.getHost()).equalsIgnoreCase(here.getHost())
                    && to.getPort() == here.getPort()
                    && to.getUserInfo() == null;
            return isSame && plain.length() <= LONGEST ? plain : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutFragment(String address) {
        int at = address.indexOf('#');
        return at < 0 ? address : address.substring(0, at);
    }
}
