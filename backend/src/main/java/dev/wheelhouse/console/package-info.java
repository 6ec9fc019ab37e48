/// What the console needs of the backend besides the API: its static files and the session behind its cookie.
///
/// Front door: the routes and [ServeConsole], a filter that answers before anybody is asked who they are.
///
/// **Invariants**: files are known by name since the start, no path of a request is ever resolved on disk; every page
/// carries one content security policy. Nobody imports this package.
@NullMarked
package dev.wheelhouse.console;

import org.jspecify.annotations.NullMarked;
