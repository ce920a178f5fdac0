package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.EventTime;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.SourceConfig;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.DecoderSupplier;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.TopicOffsets;
import io.tributary.job.connectors.TopicRecords;
import io.tributary.job.connectors.TopicStretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Kafka topics from a time on, up to what was committed when they were opened. Each is decoded as
 * the source of {@code sources.yaml} that reads it; a topic that none reads, as files are.
 */
final class TopicHistory implements History {

    private final JobConfig config;
    private final @Nullable Long since;
    private final List<TopicStretch> all;
    private final List<Part> parts;

    /** What is read as one source. */
    private record Part(String source, DecoderSupplier decoders, List<TopicStretch> stretches) {}

    /**
     * @param all what the topics hold
     * @param parts what is read of it
     */
    private TopicHistory(
            JobConfig config, @Nullable Long since, List<TopicStretch> all, List<Part> parts) {
        this.config = config;
        this.since = since;
        this.all = all;
        this.parts = parts;
    }

    /**
     * @param since null for from the oldest record
     * @param until end of the run, which a duration is counted back from; null for the newest
     *     record
     * @throws ConfigException if a topic is not there
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses or does not answer
     */
    static TopicHistory open(
            JobConfig config,
            List<String> topics,
            @Nullable Since since,
            @Nullable Long until,
            IngestDecoders decoders) {
        try (TopicOffsets offsets = new TopicOffsets(config)) {
            List<TopicPartition> partitions = offsets.partitions(topics);
            List<TopicStretch> all = offsets.stretches(partitions, null);
            TopicHistory history = new TopicHistory(config, null, all, parts(all, decoders));
            if (since == null) {
                return history;
            }
            long from = since.before(until == null ? history.newest() : until);
            return new TopicHistory(
                    config, from, all, parts(offsets.stretches(partitions, from), decoders));
        }
    }

    /**
     * @throws ConfigException if there is no record at all
     */
    private long newest() {
        return new TopicRecords(config, all)
                .newest()
                .orElseThrow(() -> new ConfigException("there is no record in the topics"));
    }

    private static List<Part> parts(List<TopicStretch> stretches, IngestDecoders decoders) {
        Map<String, String> sources = new TreeMap<>();
        for (SourceConfig source : decoders.topicSources()) {
            source.topics().forEach(topic -> sources.putIfAbsent(topic, source.name()));
        }
        Map<String, List<TopicStretch>> bySource = new TreeMap<>();
        for (TopicStretch stretch : stretches) {
            bySource.computeIfAbsent(
                            sources.getOrDefault(stretch.topic(), SourceConfig.FILES),
                            source -> new ArrayList<>())
                    .add(stretch);
        }
        List<Part> parts = new ArrayList<>();
        bySource.forEach(
                (source, read) ->
                        parts.add(
                                new Part(
                                        source,
                                        source.equals(SourceConfig.FILES)
                                                ? decoders.ofFiles()
                                                : decoders.of(source),
                                        read)));
        return parts;
    }

    /**
     * @throws ConfigException if there is nothing to read
     */
    @Override
    public void read(HistoryScan scan) {
        for (Part part : parts) {
            Decoder decoder = part.decoders().open();
            new TopicRecords(config, part.stretches())
                    .forEach(
                            record -> {
                                scan.record();
                                decoder.decode(record, scan::add);
                            });
        }
        if (scan.lines() == 0) {
            long newest = newest();
            throw new ConfigException(
                    "there is no record since %s in the topics; the newest is of %s"
                            .formatted(
                                    EventTime.format(Objects.requireNonNullElse(since, newest)),
                                    EventTime.format(newest)));
        }
    }

    @Override
    public List<DataStream<Ingested>> streams(StreamExecutionEnvironment env, long until) {
        return parts.stream()
                .map(
                        part ->
                                new TopicRecords(config, part.stretches())
                                        .stream(env, part.source(), part.decoders(), until))
                .toList();
    }

    @Override
    public void describe(ObjectNode input) {
        input.put("since", since == null ? null : EventTime.format(since));
        ObjectNode topics = input.putObject("topics");
        for (Part part : parts) {
            for (TopicStretch stretch : part.stretches()) {
                topics.withObjectProperty(stretch.topic())
                        .putObject(Integer.toString(stretch.partition().partition()))
                        .put("from", stretch.from())
                        .put("to", stretch.to());
            }
        }
    }

    @Override
    public String unit() {
        return "records";
    }
}
