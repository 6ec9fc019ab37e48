/// What goes on by itself, over REST: workflows, triggers, webhooks that others send.
///
/// Front door: the routes under `/api/v1`, one controller for each word of the glossary.
///
/// **Invariants**: a door holds no rule. Nobody imports this package.
@NullMarked
package dev.wheelhouse.automation;

import org.jspecify.annotations.NullMarked;
