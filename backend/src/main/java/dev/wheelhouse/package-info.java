/// Wheelhouse: a self-hosted AI-agent platform. This package only starts it; see `docs/architecture.md` for an
/// overview.
@NullMarked
package dev.wheelhouse;

import org.jspecify.annotations.NullMarked;
