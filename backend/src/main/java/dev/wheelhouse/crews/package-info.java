/// Crews: workflows written as a list of members with roles and of the tasks that they do.
///
/// Front door: [dev.wheelhouse.crews.Crews].
///
/// ```
///   crew ──▶ ReadCrew ──▶ agents and states ──▶ States        what runs is a workflow like any other
///   agents.yaml + tasks.yaml ──▶ ImportCrew ──▶ crew, and what could not be carried over
/// ```
///
/// **Invariants**
/// - A crew is translated when it is read, never when it runs: nothing but this package knows what a crew is.
/// - The states that a crew stands for are a definition that can be stored in its place and does the same.
/// - A crew is refused with all of its mistakes at once, each with line and column.
/// - What an import leaves out, it says.
@NullMarked
package dev.wheelhouse.crews;

import org.jspecify.annotations.NullMarked;
