package io.tributary.local.process;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one Kafka and one Elasticsearch to all test classes of a run; each starts when it is first
 * asked for and ends with the run.
 */
public final class Servers implements ParameterResolver {

    private static final Path DEPLOY = Path.of("../deploy");
    private static final Namespace NAMESPACE = Namespace.create(Servers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaProcess.class || type == ElasticsearchProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        return parameter.getParameter().getType() == KafkaProcess.class
                ? store.computeIfAbsent(KafkaProcess.class, type -> kafka(), KafkaProcess.class)
                : store.computeIfAbsent(
                        ElasticsearchProcess.class,
                        type -> elasticsearch(),
                        ElasticsearchProcess.class);
    }

    private static KafkaProcess kafka() {
        try {
            return KafkaProcess.start(DEPLOY, Jit.QUICK);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ElasticsearchProcess elasticsearch() {
        try {
            return ElasticsearchProcess.start(
                    Path.of("target/elasticsearch-8.19.21"), DEPLOY, Jit.QUICK);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
