##@ Images and cluster
.PHONY: images doctor upgrade support-bundle e2e-cluster

TAG ?= dev

# Several tags of one build (TAG="dev next") let an upgrade be tried.
images: ready ## Make both images without Docker, on a Linux: target/images/wheelhouse-*.tar (TAG=dev)
	@scripts/image-backend target/images/wheelhouse-backend.tar $(TAG)
	@scripts/image-frontend target/images/wheelhouse-frontend.tar $(TAG)

doctor: ## Look at the cluster before and after an install: what is bad, and what to do (VALUES=prod NAMESPACE=wheelhouse)
	@scripts/cluster-doctor

upgrade: ## Back up, upgrade, have an agent take a turn, and go back where that fails (VALUES=prod)
	@scripts/upgrade

support-bundle: ## Collect what a helper needs into an archive without secrets
	@scripts/support-bundle

e2e-cluster: ## Try the chart on a real cluster (KUBECONFIG and image names: e2e/cluster/surroundings.mjs)
	@scripts/e2e-cluster
