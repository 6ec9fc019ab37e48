/// Providers whose protocol is their own, spoken by modules of langchain4j over our one way out.
///
/// Front door: [dev.wheelhouse.modules.Modules]. One try: [dev.wheelhouse.modules.ModuleModel] puts the call into the
/// library's words, the module makes a request of it, [dev.wheelhouse.modules.SpeakHttp] sends that and hands the
/// events back by way of [dev.wheelhouse.modules.MendEvents], and the calling thread watches the time.
///
/// **Invariants**: langchain4j's types do not leave this package. A call lasts as long as its stream, and an interrupt
/// closes the connection. Thoughts count as output.
@NullMarked
package dev.wheelhouse.modules;

import org.jspecify.annotations.NullMarked;
