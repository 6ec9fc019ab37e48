/// Speaks MCP, the Model Context Protocol, to servers of others over Streamable HTTP: lists their tools and calls them.
///
/// Front door: [dev.wheelhouse.mcp.Mcp]. Which server is asked, and with what, is an [dev.wheelhouse.mcp.McpServer];
/// what it lists are [dev.wheelhouse.mcp.Offer]s.
///
/// ```
/// server/discover ──▶ 2026-07-28: every request says who asks, and stands alone
///        └─ refused ─▶ initialize ──▶ 2025-11-25 and older: a session, which may be lost and is begun anew once
/// ```
///
/// **Invariants**: a call is sent once, unless the server says that it did not carry it out (a lost session, a
/// revision it does not speak). Answers are bounded in bytes, pages and time. What a server sends is data: no `$ref` is
/// fetched, no address in an answer is asked. A server that asks back gets its own defaults or a refusal, never a
/// person. A server that wants other credentials is a [dev.wheelhouse.mcp.ChallengedException]: whoever has some asks
/// again. Absent on purpose: programs started here (stdio), sampling, roots, resources and prompts.
@NullMarked
package dev.wheelhouse.mcp;

import org.jspecify.annotations.NullMarked;
