/// Which pages a page leads on to, and which of them its server lets robots fetch.
///
/// Front door: [dev.wheelhouse.crawl.Crawl]. Nothing here connects to anything: whoever fetches hands in what came.
///
/// **Invariants**: a crawl stays on the scheme, host and port of its first page, goes a bounded number of links
/// deep and over a bounded number of pages. `nofollow` is followed in neither form. What robots.txt does not let
/// in stays out; where its server cannot say (5xx), nothing is let in.
@NullMarked
package dev.wheelhouse.crawl;

import org.jspecify.annotations.NullMarked;
