package infra;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.gcp.container.Cluster;
import com.pulumi.gcp.container.ClusterArgs;
import com.pulumi.gcp.container.NodePool;
import com.pulumi.gcp.container.NodePoolArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigHttpLoadBalancingArgs;
import com.pulumi.gcp.container.inputs.ClusterIpAllocationPolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterWorkloadIdentityConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigShieldedInstanceConfigArgs;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/**
 * The cheapest GKE cluster that runs Wheelhouse (one zone, one Spot node, no load balancer) with the chart on it: the learning path of
 * those who know Java. Settings are in Pulumi.yaml.
 */
public final class LearningCluster {

  private LearningCluster() {}

  /** What {@code pulumi up} calls. */
  public static void main(String[] args) {
    Pulumi.run(LearningCluster::stack);
  }

  static void stack(Context context) {
    var config = context.config();
    var zone = config.get("zone").orElse("europe-west1-b");
    var project = config.get("project").orElse("wheelhouse-learn");
    var registry = config.get("registry").orElse(zone.substring(0, zone.length() - 2) + "-docker.pkg.dev/" + project + "/wheelhouse");

    var cluster = cluster(project, zone);
    var nodes = nodes(cluster, zone);
    release(cluster, nodes, registry);
    context.export("endpoint", cluster.endpoint());
  }

  private static Cluster cluster(String project, String zone) {
    return new Cluster(
        "wheelhouse",
        ClusterArgs.builder()
            .project(project)
            .location(zone)
            .initialNodeCount(1)
            .removeDefaultNodePool(true)
            // Enforces NetworkPolicies; without it they are accepted and do nothing.
            .datapathProvider("ADVANCED_DATAPATH")
            .ipAllocationPolicy(ClusterIpAllocationPolicyArgs.builder().build())
            .loggingService("none")
            .monitoringService("none")
            .addonsConfig(
                ClusterAddonsConfigArgs.builder()
                    .httpLoadBalancing(ClusterAddonsConfigHttpLoadBalancingArgs.builder().disabled(true).build())
                    .build())
            .workloadIdentityConfig(
                ClusterWorkloadIdentityConfigArgs.builder().workloadPool(project + ".svc.id.goog").build())
            .resourceLabels(Map.of("app", "wheelhouse"))
            .build());
  }

  private static NodePool nodes(Cluster cluster, String zone) {
    return new NodePool(
        "main",
        NodePoolArgs.builder()
            .cluster(cluster.name())
            .location(zone)
            .nodeCount(1)
            .nodeConfig(
                NodePoolNodeConfigArgs.builder()
                    .machineType("e2-medium")
                    .spot(true)
                    .diskSizeGb(20)
                    .diskType("pd-standard")
                    .shieldedInstanceConfig(
                        NodePoolNodeConfigShieldedInstanceConfigArgs.builder().enableSecureBoot(true).build())
                    .build())
            .build());
  }

  private static void release(Cluster cluster, NodePool nodes, String registry) {
    var provider = new Provider("cluster", ProviderArgs.builder().kubeconfig(kubeconfig(cluster)).build());
    Map<String, Object> image = Map.of("image", Map.of("registry", registry));
    // The differences of values/dev.yaml that matter on one node: ports of the node in place of a load balancer.
    Map<String, Object> nodePorts =
        Map.of("controller", Map.of("service", Map.of("type", "NodePort", "nodePorts", Map.of("http", 30080, "https", 30443))));
    new Release(
        "wheelhouse",
        ReleaseArgs.builder()
            .chart("../../charts/wheelhouse")
            .namespace("wheelhouse")
            .createNamespace(true)
            .values(Output.of(Map.of("backend", image, "frontend", image, "ingress-nginx", nodePorts)))
            .build(),
        CustomResourceOptions.builder().provider(provider).dependsOn(nodes).build());
  }

  /** Signs in as whoever runs Pulumi, by Google's own plugin: no credential is written down. */
  private static Output<String> kubeconfig(Cluster cluster) {
    return Output.tuple(cluster.endpoint(), cluster.masterAuth())
        .applyValue(
            both ->
                """
                apiVersion: v1
                kind: Config
                current-context: wheelhouse
                contexts: [{name: wheelhouse, context: {cluster: wheelhouse, user: me}}]
                clusters: [{name: wheelhouse, cluster: {server: "https://%s", certificate-authority-data: "%s"}}]
                users:
                - name: me
                  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: gke-gcloud-auth-plugin, provideClusterInfo: true}}
                """
                    .formatted(both.t1, both.t2.clusterCaCertificate().orElse("")));
  }
}
