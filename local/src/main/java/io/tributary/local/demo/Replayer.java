package io.tributary.local.demo;

import io.tributary.local.traffic.InventedWeek;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of a week to the topics of their channels, each when the replay clock shows its
 * arrival; the customer is the record's key.
 */
final class Replayer implements AutoCloseable {

    private final InventedWeek week;
    private final ReplayPlan plan;
    private final long wallStart;
    private final Map<String, String> topicOfChannel;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final int planned;
    private final Thread thread = new Thread(this::run, "replayer");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int sent;

    /**
     * @param wallStart when the first moment of the week is sent, epoch milliseconds
     */
    Replayer(
            InventedWeek week,
            ReplayPlan plan,
            long wallStart,
            Map<String, String> topicOfChannel,
            int partitions,
            Properties client) {
        this.week = week;
        this.plan = plan;
        this.wallStart = wallStart;
        this.topicOfChannel = topicOfChannel;
        this.partitions = partitions;
        this.producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        this.planned = arrivingBy(plan.trafficStart(wallStart) + plan.span());
        thread.setDaemon(true);
    }

    /** Where the events of a customer go, in each topic. */
    static int partition(String userId, int partitions) {
        return Math.floorMod(userId.hashCode(), partitions);
    }

    /** Events of the week that arrive up to {@code end}. */
    private int arrivingBy(long end) {
        int count = 0;
        while (count < week.size() && week.arrival(count) <= end) {
            count++;
        }
        return count;
    }

    void start() {
        thread.start();
    }

    /** Events that were given to the producer. */
    int sent() {
        return sent;
    }

    /** Events that are or will be sent. */
    int planned() {
        return planned;
    }

    /**
     * Whether all is sent and Kafka has it.
     *
     * @throws IllegalStateException if Kafka refused an event
     */
    boolean isDone() {
        Throwable refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("an event could not be sent", refused);
        }
        return !thread.isAlive();
    }

    private void run() {
        try {
            for (int i = 0; i < planned; i++) {
                long wait = plan.wallTime(week.arrival(i), wallStart) - System.currentTimeMillis();
                if (wait > 0) {
                    Thread.sleep(wait);
                }
                send(i);
                sent = i + 1;
            }
            producer.flush();
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void send(int event) {
        String topic =
                Objects.requireNonNull(
                        topicOfChannel.get(week.channel(event)),
                        () -> "sources.yaml has no topic for " + week.channel(event));
        String userId = week.userId(event);
        byte[] key = userId.getBytes(StandardCharsets.UTF_8);
        producer.send(
                new ProducerRecord<>(topic, partition(userId, partitions), key, week.value(event)),
                (written, refused) -> {
                    if (refused != null) {
                        failure.compareAndSet(null, refused);
                    }
                });
    }

    /** Stops in the middle if it is not done. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        producer.close(java.time.Duration.ZERO);
    }
}
