##@ Images and cluster
.PHONY: images doctor upgrade dump restore database-owner support-bundle e2e-cluster

TAG ?= dev

# Several tags of one build (TAG="dev next") let an upgrade be tried.
images: ready ## Build both images without Docker, on Linux: target/images/wheelhouse-*.tar (TAG=dev)
	@scripts/image-backend target/images/wheelhouse-backend.tar $(TAG)
	@scripts/image-frontend target/images/wheelhouse-frontend.tar $(TAG)

doctor: ## Check the cluster before or after an install: what is wrong and how to fix it (VALUES=prod NAMESPACE=wheelhouse)
	@scripts/cluster-doctor

upgrade: ## Back up, upgrade and test a release; roll back if that fails (VALUES=prod)
	@scripts/upgrade

dump: ## Write a proven dump of the database to this computer (BACKUP=backups)
	@scripts/dump

restore: ## Put a dump back: of this computer, or one kept in the cluster (FILE=backups/….dump, FROM=newest, FROM=list)
	@scripts/restore

database-owner: ## Give the bundled database to a user that is no superuser, before the next upgrade
	@scripts/database-owner

support-bundle: ## Collect diagnostics into an archive without secrets
	@scripts/support-bundle

e2e-cluster: ## Test the chart on a real cluster (KUBECONFIG and image names: e2e/cluster/surroundings.mjs)
	@scripts/e2e-cluster
