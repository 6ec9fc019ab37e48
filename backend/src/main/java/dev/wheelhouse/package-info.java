/// Wheelhouse: an AI-agent platform that people own. This package only starts it; `docs/architecture.md` is the map.
@NullMarked
package dev.wheelhouse;

import org.jspecify.annotations.NullMarked;
