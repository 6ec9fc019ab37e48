##@ Images and cluster
.PHONY: images doctor upgrade support-bundle e2e-cluster

TAG ?= dev

# Several tags of one build (TAG="dev next") let an upgrade be tried.
images: ready ## Make both images without Docker, on a Linux: target/images/wheelhouse-*.tar (TAG=dev)
	@tools/image-backend target/images/wheelhouse-backend.tar $(TAG)
	@tools/image-frontend target/images/wheelhouse-frontend.tar $(TAG)

doctor: ## Look at the cluster before and after an install: what is bad, and what to do (VALUES=prod NAMESPACE=wheelhouse)
	@tools/cluster-doctor

upgrade: ## Back up, upgrade, have an agent take a turn, and go back where that fails (VALUES=prod)
	@tools/upgrade

support-bundle: ## Collect what a helper needs into an archive without secrets
	@tools/support-bundle

e2e-cluster: ## Try the chart on a real cluster (KUBECONFIG and image names: e2e/cluster/surroundings.mjs)
	@tools/e2e-cluster
