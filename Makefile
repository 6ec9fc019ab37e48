# The front door: everything that a person or CI runs is a target here, and `make` lists them.
# Works with GNU make 3.81 (macOS). The scripts behind the targets are in scripts/.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

JAVA_HOME := $(shell scripts/find-java)
# Silences warnings of JDK 25 about Maven's own libraries, which we cannot fix.
MAVEN_OPTS ?= --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
export JAVA_HOME MAVEN_OPTS PORT REPLICAS AUTH CLUSTER WHEELHOUSE_DATABASE_URL

backend := backend/target/wheelhouse
mvn := mvn -q -B -Dstyle.color=never -f backend/pom.xml
npm := npm --prefix frontend --no-fund --no-audit --no-update-notifier --loglevel=error

##@ Use it
help: ## Print this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: help dev-check dev-up dev-down dev-reset dev-status run

dev-check:
	@scripts/dev check

dev-up: dev-check ready ## Start it and print its URL, in a cluster or as local processes (CLUSTER=kind|minikube|k3d|current|none)
	@scripts/dev up

dev-down: ## Stop it
	@scripts/dev down

dev-reset: ## Stop it and delete its data
	@scripts/dev reset

dev-status: ## Show what is running and whether it is ready
	@scripts/dev status

run: ready ## Run it here in the foreground until Ctrl-C (PORT=8080 REPLICAS=1 AUTH=none|keys)
	@scripts/local run

##@ Change it
.PHONY: build fast fmt gen

build: ready $(backend)/wheelhouse.aot ## Build backend and console into backend/target/wheelhouse, a folder that runs anywhere

fast: tools-ready frontend/node_modules/.ready ## Compile and run the quick tests, within a minute
	@$(mvn) test -DexcludedGroups=slow
	@$(npm) test

fmt: tools-ready frontend/node_modules/.ready ## Format Java and TypeScript
	@$(mvn) spotless:apply
	@$(npm) run fmt

gen: tools-ready frontend/node_modules/.ready ## Regenerate openapi.json, the console's API types
	@node scripts/openapi.mjs
	@$(npm) run gen

##@ Check it
.PHONY: test check e2e bench bench-idle knowledge-bench knowledge-survive knowledge-scale search-bench console-bench

test: ## Run all tests: backend, console, browser, distribution, chart, infrastructure
	@scripts/test

check: tools-ready frontend/node_modules/.ready ## Check formatting, lint, docs and scripts, without tests
	@$(mvn) spotless:check
	@$(npm) run check
	@node scripts/openapi.mjs --check
	@scripts/check-scripts
	@scripts/check-docs
	@scripts/check-words

e2e: ready ## Run the browser tests against the real backend; with KUBECONFIG given, those on a cluster too
	@scripts/e2e
	@scripts/e2e-cluster

knowledge-bench: $(backend)/wheelhouse.aot ## Score search by collections with known answers (COLLECTION=scifact MODE=hybrid)
	@scripts/knowledge-bench

knowledge-survive: $(backend)/wheelhouse.aot ## Read 200 documents while the backend is killed ten times (DOCUMENTS=200 KILLS=10 SEED=7)
	@scripts/knowledge-survive

knowledge-scale: $(backend)/wheelhouse.aot ## Measure search among many passages, and beside another tenant's (PASSAGES=100000)
	@scripts/knowledge-scale

search-bench: $(backend)/wheelhouse.aot ## Measure search over many runs (RUNS=1000000)
	@scripts/search-bench

console-bench: $(backend)/wheelhouse.aot $(backend)/console.ready ## Measure the console in a browser: a long run, a large map, a long answer
	@scripts/console-bench

bench: $(backend)/wheelhouse.aot ## Benchmark runs, steps and streams (BENCH="B1 B4" ROUNDS=5)
	@ROUNDS=$(ROUNDS) scripts/bench $(BENCH)

bench-idle: $(backend)/wheelhouse.aot ## Measure startup time and idle memory
	@scripts/bench-idle

-include make/*.mk

# ---- What the targets above are built from; every file names its sources, so nothing is built twice. ----

.PHONY: tools-ready ready
tools-ready:
	@scripts/doctor jdk node maven xz

ready: tools-ready $(backend)/console.ready

# Includes folders: their time changes when a file is added or removed.
backend_sources := backend/pom.xml $(shell find backend/src/main 2>/dev/null)
console_sources := $(shell find frontend/src frontend/public frontend/index.html frontend/package.json \
  frontend/vite.config.ts frontend/tsconfig.json 2>/dev/null)

$(backend)/build-id: $(backend_sources) | tools-ready
	@echo "Building the backend."
	@rm -rf backend/target/classes $(backend)/lib $(backend)/wheelhouse.aot
	@$(mvn) package -Dmaven.test.skip=true
	@TZ=UTC0 touch -t 200001010000.00 $(backend)/lib/*.jar
	@cat $(backend)/lib/*.jar | cksum >$@

$(backend)/wheelhouse.aot: $(backend)/build-id
	@scripts/aot

ifneq ($(wildcard frontend/package.json),)
frontend/node_modules/.ready: frontend/package-lock.json | tools-ready
	@echo "Installing the console's packages."
	@$(npm) ci
	@touch $@

frontend/dist/index.html: frontend/node_modules/.ready $(console_sources)
	@echo "Building the console."
	@$(npm) run --silent build -- --logLevel warn
	@touch $@

$(backend)/console.ready: $(backend)/build-id frontend/dist/index.html
	@rm -rf $(backend)/console
	@cp -R frontend/dist $(backend)/console
	@touch $@
else
frontend/node_modules/.ready: ;
$(backend)/console.ready: $(backend)/build-id
	@touch $@
endif
