/// What people show and give to agents, over REST: pictures, collections and their documents.
///
/// Front door: the routes under `/api/v1`, one controller for each word of the glossary.
///
/// **Invariants**: a door holds no rule. What is uploaded is read no further than its route allows. Nobody imports
/// this package.
@NullMarked
package dev.wheelhouse.content;

import org.jspecify.annotations.NullMarked;
