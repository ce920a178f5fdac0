package io.tributary.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends invented events to the topics of their channels, in order, on a thread of its own. */
final class EventFeed implements AutoCloseable {

    /** When an event may go. */
    interface Pace {

        /** Nanoseconds until then; not above 0 for now. Asked again when they are over. */
        long nanosUntil(int event);
    }

    private final Events events;
    private final LiveJob job;
    private final Pace pace;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, Stage.BENCH_THREAD + "-feed");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int sent;

    /**
     * @param linger how long the producer may wait for more to send with it
     */
    EventFeed(Events events, LiveJob job, Pace pace, Duration linger) {
        this.events = events;
        this.job = job;
        this.pace = pace;
        Properties client = job.config().kafkaClient();
        client.setProperty(ProducerConfig.CLIENT_ID_CONFIG, Stage.BENCH_THREAD);
        client.setProperty(ProducerConfig.LINGER_MS_CONFIG, Long.toString(linger.toMillis()));
        client.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Events that were given to the producer. */
    int sent() {
        return sent;
    }

    /**
     * Whether all of them were.
     *
     * @throws IllegalStateException if Kafka refused one
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
            for (int event = 0; event < events.count() && !Thread.interrupted(); event++) {
                Events.Event next = events.next(event);
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(
                                job.topic(next.channel()),
                                LiveJob.partition(next.userId()),
                                next.userId().getBytes(StandardCharsets.UTF_8),
                                next.value());
                for (long wait = pace.nanosUntil(event);
                        wait > 0 && !Thread.currentThread().isInterrupted();
                        wait = pace.nanosUntil(event)) {
                    LockSupport.parkNanos(wait);
                }
                producer.send(record, (written, refused) -> failed(refused));
                sent = event + 1;
            }
            producer.flush();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(@Nullable Throwable refused) {
        if (refused != null) {
            failure.compareAndSet(null, refused);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
        producer.close(Duration.ZERO);
    }
}
