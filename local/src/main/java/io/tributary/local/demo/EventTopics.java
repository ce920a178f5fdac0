package io.tributary.local.demo;

import io.tributary.ingest.SourceConfig;
import io.tributary.job.config.JobConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** The topics of {@code sources.yaml}: where each channel's events go. */
public final class EventTopics {

    private final List<SourceConfig> sources;

    public EventTopics(List<SourceConfig> sources) {
        this.sources = sources;
    }

    /** The first topic of each channel's source. */
    public Map<String, String> byChannel() {
        Map<String, String> topics = new HashMap<>();
        sources.forEach(source -> topics.putIfAbsent(source.channel(), source.topics().get(0)));
        return topics;
    }

    /** Channels whose source may hold the watermark. */
    public Set<String> liveChannels() {
        Set<String> live = new HashSet<>();
        for (SourceConfig source : sources) {
            if (source.mode() == SourceConfig.Mode.LIVE) {
                live.add(source.channel());
            }
        }
        return live;
    }

    /** Creates all of them on a broker that has none. */
    public void create(JobConfig config, int partitions) throws InterruptedException {
        List<NewTopic> topics =
                sources.stream()
                        .flatMap(source -> source.topics().stream())
                        .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                        .toList();
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot create the topics of sources.yaml", e.getCause());
        }
    }
}
