package io.tributary.local.demo;

import io.tributary.dashboard.DashboardServer;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.Folders;
import io.tributary.local.process.Jit;
import io.tributary.local.process.KafkaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The servers of a demo. They live until this is closed, and so does their data. */
final class Stack implements AutoCloseable {

    static final String HOST = "127.0.0.1";
    static final String INDEX_PREFIX = "tributary-";

    private final Path home;
    private final Opened opened = new Opened();

    /**
     * @param home the project's folder: definitions, deploy and the build's output
     */
    Stack(Path home) {
        this.home = home;
    }

    /**
     * What listens where.
     *
     * @param folder for files that have to go with the servers
     * @param elasticsearch may still be starting
     */
    record Servers(
            Path folder,
            KafkaProcess kafka,
            JobCluster flink,
            Starting<ElasticsearchProcess> elasticsearch,
            URI index,
            URI dashboard) {}

    /**
     * Starts all of them and returns when they answer, except for Elasticsearch, which takes
     * longest.
     *
     * @param port of the dashboard; 0 for any free one
     * @param metricsPort of Flink's metrics; null for none
     */
    Servers start(int port, @Nullable Integer metricsPort) throws Exception {
        Path distribution = ElasticsearchProcess.built(home);
        Path deploy = home.resolve("deploy");
        if (metricsPort != null && !Folders.isFree(metricsPort)) {
            throw taken("Flink's reporter", metricsPort, "--metrics-port");
        }
        int indexPort = Folders.freePort();
        URI index = URI.create("http://" + HOST + ":" + indexPort);
        DashboardServer dashboard = opened.add(dashboard(index, port));
        Path folder = Folders.temporary("tributary-demo-");
        opened.add(() -> Folders.delete(folder));
        Starting<ElasticsearchProcess> elasticsearch =
                opened.add(
                        new Starting<>(
                                () ->
                                        ElasticsearchProcess.start(
                                                distribution, deploy, indexPort, Jit.QUICK)));
        KafkaProcess kafka = opened.add(KafkaProcess.start(deploy, Jit.QUICK));
        JobCluster flink = opened.add(new JobCluster(deploy, folder, metricsPort));
        return new Servers(
                folder,
                kafka,
                flink,
                elasticsearch,
                index,
                URI.create("http://" + HOST + ":" + dashboard.port() + "/"));
    }

    private static DashboardServer dashboard(URI index, int port) {
        try {
            return DashboardServer.start(index, INDEX_PREFIX, HOST, port);
        } catch (IOException e) {
            throw taken("the dashboard", port, "--port");
        }
    }

    private static IllegalStateException taken(String server, int port, String option) {
        return new IllegalStateException(
                server + " cannot listen on port " + port + "; choose another with " + option);
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }
}
