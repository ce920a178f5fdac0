package io.tributary.erasure;

import io.tributary.erasure.Receipt.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes one receipt a request, from what all subtasks of all stages report; a single instance.
 *
 * <p>What is new goes out before each checkpoint and at the end of the input, so that a bounded run
 * writes one document a request. Barriers come behind the reports: when everybody is done, the next
 * checkpoint holds nothing of the customer, and once it is complete the receipt is closed.
 *
 * <p>State: {@code receipts}, those that are open.
 */
public final class ReceiptOperator extends AbstractStreamOperator<Receipt>
        implements OneInputStreamOperator<ErasureReport, Receipt> {

    private static final long serialVersionUID = 1L;

    private final HashSet<String> stages;
    private final Checkpoints checkpoints;

    private transient ListState<OpenReceipt> stored;
    private transient Map<String, OpenReceipt> open;

    /** The checkpoint that was taken first after everybody was done, by request. */
    private transient Map<String, Long> clean;

    private transient Counter done;

    /**
     * @param stages all that have to report, for each request
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public ReceiptOperator(Set<String> stages, Checkpoints checkpoints) {
        this.stages = new HashSet<>(stages);
        this.checkpoints = checkpoints;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        open = new TreeMap<>();
        clean = new TreeMap<>();
        stored =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "receipts", TypeInformation.of(OpenReceipt.class)));
        for (OpenReceipt receipt : stored.get()) {
            open.put(receipt.receipt().id(), receipt);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("erasure");
        done = group.counter("done");
        group.gauge("pending", open::size);
    }

    @Override
    public void processElement(StreamRecord<ErasureReport> element) {
        ErasureReport report = element.getValue();
        OpenReceipt known = open.get(report.id());
        open.put(report.id(), (known == null ? OpenReceipt.of(report) : known).with(report));
    }

    private void emitNews() {
        open.replaceAll(
                (id, receipt) -> {
                    if (!receipt.isNews(stages)) {
                        return receipt;
                    }
                    OpenReceipt emitted = receipt.emitted(stages);
                    output.collect(new StreamRecord<>(emitted.receipt()));
                    return emitted;
                });
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        emitNews();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        open.forEach(
                (id, receipt) -> {
                    if (receipt.status(stages) == Status.REMOVED) {
                        clean.putIfAbsent(id, context.getCheckpointId());
                    }
                });
        stored.update(List.copyOf(open.values()));
        super.snapshotState(context);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        clean.entrySet()
                .removeIf(
                        entry -> {
                            boolean complete = entry.getValue() <= checkpointId;
                            OpenReceipt receipt = complete ? open.remove(entry.getKey()) : null;
                            if (receipt != null) {
                                done.inc();
                                output.collect(
                                        new StreamRecord<>(
                                                receipt.completed(
                                                        checkpointId,
                                                        checkpoints.earlierExpireAt(now))));
                            }
                            return complete;
                        });
    }

    @Override
    public void finish() throws Exception {
        emitNews();
        super.finish();
    }
}
