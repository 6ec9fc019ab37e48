##@ Chart
.PHONY: package chart chart-helm3 chart-render gen-chart

# Helm 3 is included where it has been built already, and on CI.
chart: ## Test the chart: render every values file, refuse the bad ones, lint the result
	@scripts/chart-test 4
	@if [ -x .tools/helm-3.21.4 ] || [ -n "$(CI_FULL)" ]; then scripts/chart-test 3; fi

chart-helm3: ## The same with Helm 3
	@scripts/chart-test 3

gen-chart: ## Regenerate what comes from the chart's values: schema, README, cost table, image list
	@scripts/chart-made

package: ## Pack the chart for a registry: images by digest, sub-charts included, signed (REGISTRY=… BACKEND_DIGEST=… FRONTEND_DIGEST=… SOURCE_URL=…)
	@scripts/chart-package

chart-render: ## Print the objects that values files produce (VALUES=dev, or VALUES="prod gateway")
	@scripts/chart-render $(or $(VALUES),dev)
