package io.tributary.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class KafkaProcessIT {

    @Test
    void aBrokerHangsComesBackAndKeepsItsTopicsOverALossOfPower() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.start(Path.of("../deploy"), Jit.QUICK);
                Admin admin = Admin.create(client(kafka))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();

            kafka.suspend();
            assertThatThrownBy(() -> admin.listTopics().names().get(1, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
            kafka.resume();
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("kept"));

            kafka.kill();
            kafka.restart();
            assertThat(admin.listTopics().names().get()).isEqualTo(Set.of("kept"));
        }
    }

    private static Properties client(KafkaProcess kafka) {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrap());
        return client;
    }
}
