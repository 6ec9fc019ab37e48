package infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On Pulumi's own stand-in of a cloud, which answers each resource with what was asked for. */
class LearningClusterTest {

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  @Timeout(60)
  void isTheCheapestClusterWithTheChartOnIt() {
    var cloud = new Cloud();

    var result = PulumiTest.withMocks(cloud).withOptions(TestOptions.builder().preview(false).build()).runTest(LearningCluster::stack);

    assertTrue(result.exceptions().isEmpty(), () -> result.exceptions().toString());
    var cluster = cloud.made.get("gcp:container/cluster:Cluster/wheelhouse");
    assertEquals("europe-west1-b", cluster.get("location"));
    assertEquals("ADVANCED_DATAPATH", cluster.get("datapathProvider"));
    assertEquals(Map.of("httpLoadBalancing", Map.of("disabled", true)), cluster.get("addonsConfig"));
    var pool = cloud.made.get("gcp:container/nodePool:NodePool/main");
    assertEquals(1.0, ((Number) pool.get("nodeCount")).doubleValue());
    var node = (Map<?, ?>) pool.get("nodeConfig");
    assertEquals(true, node.get("spot"));
    assertEquals("e2-medium", node.get("machineType"));
    var kubeconfig = (String) cloud.made.get("pulumi:providers:kubernetes/cluster").get("kubeconfig");
    assertTrue(kubeconfig.contains("https://192.0.2.1"), kubeconfig);
    assertTrue(kubeconfig.contains("gke-gcloud-auth-plugin"), kubeconfig);
    var release = cloud.made.get("kubernetes:helm.sh/v3:Release/wheelhouse");
    assertEquals("wheelhouse", release.get("namespace"));
    assertTrue(release.get("values").toString().contains("europe-west1-docker.pkg.dev/wheelhouse-learn/wheelhouse"));
  }

  /** Remembers what was made, by type and name. */
  private static final class Cloud implements Mocks {

    private final Map<String, Map<String, Object>> made = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
      made.put(args.type + "/" + args.name, args.inputs);
      var state = new HashMap<String, Object>(args.inputs);
      state.putIfAbsent("endpoint", "192.0.2.1");
      state.putIfAbsent("masterAuth", Map.of("clusterCaCertificate", "Y2E="));
      state.putIfAbsent("name", args.name);
      return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name + "-id"), state));
    }
  }
}
