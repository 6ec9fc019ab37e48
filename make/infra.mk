##@ Infrastructure
.PHONY: infra infra-plan gen-infra

infra: ## Check the infrastructure without a cloud: HCL, cloud scripts, workflows, costs, supply chain (INSTALL_TOOLS=yes)
	@scripts/infra-test

infra-plan: ## Plan an environment on the stand-in of the providers (ENVIRONMENT=prod STAGE=cluster)
	@node infra/terraform/sample.mjs $(or $(ENVIRONMENT),prod) $(or $(STAGE),cluster)

gen-infra: ## Write the pages of Terraform's modules anew from their HCL
	@node infra/terraform/pages.mjs
