package io.tributary.job.connectors;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses, before the job starts, a transaction timeout that the brokers would refuse later, in
 * every attempt anew, and one that ends transactions before a checkpoint can commit them.
 */
public final class TransactionTimeoutCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionTimeoutCheck.class);
    private static final String BROKER_LIMIT = "transaction.max.timeout.ms";

    private TransactionTimeoutCheck() {}

    /**
     * Asks the brokers, if anything is to be written exactly once.
     *
     * @throws ConfigException if the timeout is refused or no broker answers
     */
    public static void check(JobConfig config) throws InterruptedException {
        boolean exactlyOnce =
                config.get(TributaryOptions.DELIVERY_GUARANTEE) == DeliveryGuarantee.EXACTLY_ONCE
                        || config.interventionsGuarantee() == DeliveryGuarantee.EXACTLY_ONCE;
        if (!exactlyOnce) {
            return;
        }
        Duration timeout = config.get(TributaryOptions.KAFKA_TRANSACTION_TIMEOUT);
        Duration interval = config.get(TributaryOptions.CHECKPOINT_INTERVAL);
        if (timeout.compareTo(interval) <= 0) {
            throw new ConfigException(
                    String.format(
                            "%s is %s: it has to be longer than %s, which is %s",
                            TributaryOptions.KAFKA_TRANSACTION_TIMEOUT.key(),
                            timeout,
                            TributaryOptions.CHECKPOINT_INTERVAL.key(),
                            interval));
        }
        try (Admin admin = Admin.create(config.kafkaClient())) {
            checkBrokers(admin, timeout);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw new ConfigException(
                        "cannot ask Kafka at "
                                + config.get(TributaryOptions.KAFKA_BOOTSTRAP_SERVERS)
                                + " for its transaction.max.timeout.ms: "
                                + e.getCause(),
                        e);
            }
            LOG.warn("Not allowed to ask for {}; it is not checked", BROKER_LIMIT, e);
        }
    }

    private static void checkBrokers(Admin admin, Duration timeout)
            throws ExecutionException, InterruptedException {
        Collection<Node> nodes = admin.describeCluster().nodes().get();
        List<ConfigResource> brokers =
                nodes.stream()
                        .map(
                                node ->
                                        new ConfigResource(
                                                ConfigResource.Type.BROKER, node.idString()))
                        .toList();
        for (var broker : admin.describeConfigs(brokers).all().get().entrySet()) {
            ConfigEntry limit = broker.getValue().get(BROKER_LIMIT);
            if (limit != null && timeout.toMillis() > Long.parseLong(limit.value())) {
                throw new ConfigException(
                        String.format(
                                "%s is %d ms, but broker %s allows at most %s ms (%s): lower the"
                                        + " option or raise the broker's setting",
                                TributaryOptions.KAFKA_TRANSACTION_TIMEOUT.key(),
                                timeout.toMillis(),
                                broker.getKey().name(),
                                limit.value(),
                                BROKER_LIMIT));
            }
        }
    }
}
