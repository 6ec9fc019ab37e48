##@ Proofs
.PHONY: chaos proof

export SEED SIZE

chaos: $(backend)/wheelhouse.aot ## Let faults loose on real processes and count (EXPERIMENT="D1 D3" SEED=7 SIZE=small)
	@$(mvn) test-compile
	@tools/chaos $(EXPERIMENT)

proof: $(backend)/build-id ## Publish the newest full figures of chaos: docs/proof/figures.json and docs/proof.md
	@$(mvn) test-compile
	@$(JAVA_HOME)/bin/java -cp "backend/target/test-classes:$$(echo $(backend)/lib/*.jar | tr ' ' ':')" \
	  dev.wheelhouse.chaos.Proof docs/proof/figures.json docs/proof.md backend/target/chaos/figures.json
