##@ Images and cluster
.PHONY: images doctor upgrade dump restore database-owner support-bundle e2e-cluster backup restore-drill monitoring canary promote abort

TAG ?= dev
IMAGES ?= target/images

# Several tags of one build (TAG="dev next") let an upgrade be tried.
images: ready ## Build both images without Docker, on Linux: target/images/wheelhouse-*.tar (TAG=dev IMAGES=folder)
	@scripts/image-backend $(IMAGES)/wheelhouse-backend.tar $(TAG)
	@scripts/image-frontend $(IMAGES)/wheelhouse-frontend.tar $(TAG)

doctor: ## Check the cluster before or after an install: what is wrong and how to fix it (VALUES=prod NAMESPACE=wheelhouse)
	@scripts/cluster-doctor

upgrade: ## Back up, upgrade and test a release; roll back if that fails (VALUES=prod)
	@scripts/upgrade

dump: ## Write a proven dump of the database to this computer (BACKUP=backups)
	@scripts/dump

backup: dump

monitoring: ## Install Prometheus, Grafana, Loki and Alloy into a namespace of their own (MONITORING=monitoring PARTS="prometheus loki alloy")
	@scripts/monitoring

canary: ## Try another version on a share of the requests, and go back where it is ill (TAG=0.3.0 WEIGHT=10 WATCH=10m)
	@scripts/canary start

promote: ## Give all requests to the canary's version
	@scripts/canary promote

abort: ## Take the canary back
	@scripts/canary abort

restore-drill: ## Prove the newest dump of the cluster now: restored beside the live database, every row counted
	@scripts/restore-drill

restore: ## Put a dump back: of this computer, or one that the release keeps (FILE=backups/….dump, FROM=newest, FROM=list)
	@scripts/restore

database-owner: ## Give the bundled database to a user that is no superuser, before the next upgrade
	@scripts/database-owner

support-bundle: ## Collect diagnostics into an archive without secrets
	@scripts/support-bundle

e2e-cluster: ## Test the chart on a real cluster (KUBECONFIG and image names: e2e/cluster/surroundings.mjs)
	@scripts/e2e-cluster
