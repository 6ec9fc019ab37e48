/// Wheelhouse's own REST API: `/api/v1`, `/chat`, and what operators look at.
///
/// Front door: the routes, one controller and one JSON shape for each word of the glossary; `docs/openapi.json` is
/// their contract.
///
/// **Invariants**: a door holds no rule: what may be done is decided in the packages below, a controller reads the
/// request, asks one front door and writes the answer. Nobody imports this package.
@NullMarked
package dev.wheelhouse.api;

import org.jspecify.annotations.NullMarked;
