##@ MCP
.PHONY: mcp-conformance

mcp-conformance: tools-ready ## Run MCP's conformance kit against our client, both revisions
	@scripts/mcp-conformance
