##@ Proofs
.PHONY: chaos

export SEED SIZE

chaos: $(backend)/wheelhouse.aot ## Let faults loose on real processes and count (EXPERIMENT="D1 D3" SEED=7 SIZE=small)
	@$(mvn) test-compile
	@tools/chaos $(EXPERIMENT)
