/// What the doors of our own API share: JSON and its fields, pages of lists, versions of what people edit, answers to
/// who starts runs.
///
/// Front door: [dev.wheelhouse.rest.JsonResponse]; each type here is one such part.
///
/// **Invariants**: shapes only, no rule and no route. What is written here is written the same way at every door.
@NullMarked
package dev.wheelhouse.rest;

import org.jspecify.annotations.NullMarked;
