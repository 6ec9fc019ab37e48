##@ Proofs
.PHONY: chaos simulate proof

export SEED SIZE SEEDS MUTANT

chaos: $(backend)/wheelhouse.aot ## Inject faults into real processes and count the damage (EXPERIMENT="D1 D3" SEED=7 SIZE=small)
	@$(mvn) test-compile
	@scripts/chaos $(EXPERIMENT)

proof: $(backend)/build-id ## Publish the latest full chaos results: docs/proof/figures.json and docs/proof.md
	@$(mvn) test-compile
	@$(JAVA_HOME)/bin/java -cp "backend/target/test-classes:$$(echo $(backend)/lib/*.jar | tr ' ' ':')" \
	  dev.wheelhouse.chaos.Proof docs/proof/figures.json docs/proof.md backend/target/chaos/figures.json

simulate: $(backend)/build-id ## Run 20,000 histories of the engine in a simulated world (SEEDS=500, or SEED=77 to read one)
	@$(mvn) test-compile
	@scripts/simulate

.PHONY: fuzz-api
fuzz-api: $(backend)/wheelhouse.aot ## Send what the API's description allows and forbids (EXAMPLES=300 SEED=1)
	@scripts/fuzz-api

.PHONY: gen-compatibility
gen-compatibility: tools-ready ## Ask every kind of model server for everything, and write docs/compatibility.md
	@WRITE_PAGES=yes $(mvn) test -Dtest=CompatibilityPageTest

.PHONY: monitoring-drill recovery-drill trace-drill
monitoring-drill: $(backend)/wheelhouse.aot ## Ask a real Prometheus for every panel, and let an alert fire through Alertmanager to chats
	@scripts/monitoring-drill

trace-drill: $(backend)/wheelhouse.aot ## Kill the replica that sends traces, and count every span afterwards (RUNS=60)
	@scripts/try-traces

recovery-drill: $(backend)/wheelhouse.aot ## Lose a database and bring it back from an encrypted dump in a store (RUNS=200)
	@infra/drills/restore

.PHONY: sweeps
sweeps: tools-ready ## Try in the backend all of what make test tries a share of: 200 hostile files, 100 poisoned pages
	@WHOLE=yes $(mvn) test -Dtest=HostileFilesTest,PoisonedPagesTest
