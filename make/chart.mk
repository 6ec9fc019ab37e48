##@ Chart
.PHONY: chart chart-helm3 chart-render gen-chart

# Helm 3 comes along where it has been built already, and on CI.
chart: ## Judge every rendering, refuse every bad values file, render hundreds of good ones
	@scripts/chart-test 4
	@if [ -x .tools/helm-3.21.4 ] || [ -n "$(CI_FULL)" ]; then scripts/chart-test 3; fi

chart-helm3: ## The same on Helm 3
	@scripts/chart-test 3

gen-chart: ## Make again what comes from the chart's values: schema, README, table of costs, list of images
	@scripts/chart-made

chart-render: ## Print what a values file makes of the chart (VALUES=dev, or VALUES="prod gateway")
	@scripts/chart-render $(or $(VALUES),dev)
