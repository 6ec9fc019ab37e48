##@ Clients
.PHONY: clients clients-cuts clients-responses

export PROOF

clients: $(backend)/wheelhouse.aot ## Speak to it by thirteen clients of OpenAI's API (CLIENT="LiteLLM" for one of them)
	@scripts/clients table $(if $(CLIENT),"$(CLIENT)")

clients-cuts: $(backend)/wheelhouse.aot ## Cut 200 streams by SIGTERM, kill -9, hand-over and approvals (STREAMS=200)
	@scripts/clients cuts $(STREAMS)

clients-responses: $(backend)/wheelhouse.aot ## Hold /v1/responses to Open Responses: every answer and event against its types
	@scripts/clients responses
