/// Keeps answers from carrying out what an agent knows, by links and pictures that whoever wrote a page has asked for.
///
/// Front door: [dev.wheelhouse.leaks.Leaks].
///
/// A picture is fetched as soon as an answer is shown, and a link when somebody clicks: either tells its server what
/// its address says. So an answer of a run that has read what others wrote names only hosts that those know who
/// made the agent or asked it; of any other it says that there was one.
///
/// **Invariants**: it holds for what streams as for the whole text, for code as for prose, and however an address is
/// disguised that a browser or a reader of Markdown would recognize. Nothing here decides when it is needed.
@NullMarked
package dev.wheelhouse.leaks;

import org.jspecify.annotations.NullMarked;
