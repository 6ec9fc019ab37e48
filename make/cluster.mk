##@ Images and cluster
.PHONY: images

TAG ?= dev

# Several tags of one build (TAG="dev next") let an upgrade be tried.
images: build ## Make both images without Docker, on a Linux: target/images/wheelhouse-*.tar (TAG=dev)
	@tools/image-backend target/images/wheelhouse-backend.tar $(TAG)
	@tools/image-frontend target/images/wheelhouse-frontend.tar $(TAG)
