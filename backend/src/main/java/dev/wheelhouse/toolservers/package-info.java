/// Servers of others as tools: how they are defined, what their tools said of themselves when somebody approved them,
/// and their calls. MCP servers and HTTP APIs with an OpenAPI document are alike here.
///
/// Front door: [dev.wheelhouse.toolservers.ToolServers]. Agents reach the tools by
/// [dev.wheelhouse.tools.ForeignTools], as `server__tool`.
///
/// ```
/// definition ─▶ ask the server ─▶ offers ─▶ approved by a person, with a hash ─▶ on
///                   ▲                └── says something else ─▶ changed: off until approved again
///                   └── before a call, once a second at most
/// ```
///
/// **Invariants**: models see what was approved, never what a server says since. A tool that is new, changed,
/// gone or refused is not called. Two tools never share a name: where they would, both are refused. An
/// approval is bound to the hash that the person saw. Nothing is sent to an address off the public internet
/// that the operator has not listed. A server that refuses who asks is asked once more with what
/// [dev.wheelhouse.signins.SignIns] has for it.
@NullMarked
package dev.wheelhouse.toolservers;

import org.jspecify.annotations.NullMarked;
