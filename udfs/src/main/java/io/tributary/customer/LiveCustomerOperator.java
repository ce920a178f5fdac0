package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.erasure.KeysStore;
import io.tributary.erasure.Sweep;
import io.tributary.event.EventCatalog;
import io.tributary.identity.Assignment;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.Limits;
import io.tributary.pattern.PatternContext;
import io.tributary.pattern.PatternLibrary;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;

/**
 * The customer stage with definitions that change while it runs: those of files, then what the
 * definitions topic, which every subtask reads in the same order, says about them.
 *
 * <p>Customers meet a change when they are next seen; a sweep in slices brings it to the others.
 * The first subtask answers requests, each tells how far its own sweep is.
 */
public final class LiveCustomerOperator extends CustomerStageOperator
        implements TwoInputStreamOperator<Assignment, DefinitionRecord, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DefinitionsStatus> STATUS =
            new OutputTag<>("definitions-status", TypeInformation.of(DefinitionsStatus.class));

    /** Milliseconds between two slices of a sweep, for everything else. */
    private static final long SWEEP_PAUSE = 10;

    /** Milliseconds between two reports of a sweep. */
    private static final long SWEEP_REPORT = 5_000;

    private final Definitions definitions;
    private final Horizon horizon;
    private final NanoClock clock;

    private transient DefinitionsStore remembered;
    private transient Deployment deployment;
    private transient LibraryHistory history;
    private transient StatusDocuments documents;
    private transient Sweep sweep;
    private transient boolean restored;
    private transient long reportedAt;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public LiveCustomerOperator(
            Definitions definitions, Horizon horizon, CustomerLimits limits, NanoClock clock) {
        super(definitions, horizon, Evaluation.onArrival(), limits, clock);
        this.definitions = definitions;
        this.horizon = horizon;
        this.clock = clock;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        remembered = new DefinitionsStore(context.getOperatorStateStore());
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        EventCatalog catalog = EventCatalog.read(definitions, new Problems());
        PatternContext context = PatternContext.of(definitions, catalog, Limits.DEFAULT);
        deployment = new Deployment(evaluator().patterns(), context, horizon);
        deployment.restore(remembered.definitions());
        history = new LibraryHistory(remembered.libraries());
        documents = new StatusDocuments();
        sweep = new Sweep(clock);
        SweepMetrics.register(
                getMetricGroup().addGroup("customer"), sweep, () -> percentOf(sweep.last()));
        useLibrary();
        if (restored && !remembered.isSwept(deployment.library().fingerprint())) {
            startSweep();
        }
        later(0, this::reportChanges);
    }

    @Override
    public void processElement1(StreamRecord<Assignment> element) throws Exception {
        assign(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<DefinitionRecord> element) throws Exception {
        DefinitionRecord record = element.getValue();
        DeploymentAnswer answer = deployment.apply(record);
        if (!answer.isRefusal()) {
            remembered.keepDefinitions(deployment.deployed());
            PatternLibrary before = evaluator().patterns();
            if (deployment.library() != before) {
                useLibrary();
                if (deployment.library().fingerprint() != before.fingerprint()) {
                    startSweep();
                }
            }
        }
        long now = getProcessingTimeService().getCurrentProcessingTime();
        reportChanges(now);
        report(StatusDocuments.answer(record, answer, now));
    }

    private void useLibrary() throws Exception {
        history.add(deployment.library());
        remembered.keepLibraries(history.all());
        use(deployment.library(), history);
    }

    private void reportChanges(long now) {
        documents.changes(deployment, history.versions(), now).forEach(this::report);
    }

    /** One voice is enough for what all subtasks agree on. */
    private void report(DefinitionsStatus status) {
        if (subtask() == 0) {
            tell(status);
        }
    }

    private void tell(DefinitionsStatus status) {
        output.collect(STATUS, new StreamRecord<>(status));
    }

    private void startSweep() {
        boolean scheduled = sweep.isRunning();
        sweep.start(KeysStore.of(List.of(), getKeyedStateBackend(), CustomerStore.STATE));
        reportedAt = Long.MIN_VALUE;
        if (!scheduled) {
            later(0, this::sweepOn);
        }
    }

    private void sweepOn(long now) throws Exception {
        sweep.slice(this::catchUp);
        if (sweep.isRunning()) {
            later(SWEEP_PAUSE, this::sweepOn);
        }
        if (!sweep.isRunning() || now >= reportedAt + SWEEP_REPORT) {
            reportedAt = now;
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            tell(StatusDocuments.sweep(sweep, percentOf(sweep.last()), subtask(), subtasks, now));
        }
    }

    /** Customers are visited key group by key group. */
    private int percentOf(String customer) {
        if (!sweep.isRunning()) {
            return 100;
        }
        if (customer.isEmpty()) {
            return 0;
        }
        int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        KeyGroupRange own =
                KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                        groups, subtasks, subtask());
        int group = KeyGroupRangeAssignment.assignToKeyGroup(customer, groups);
        return 100 * (group - own.getStartKeyGroup()) / own.getNumberOfKeyGroups();
    }

    private int subtask() {
        return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    private void later(long millis, ProcessingTimeService.ProcessingTimeCallback callback) {
        ProcessingTimeService service = getProcessingTimeService();
        service.registerTimer(service.getCurrentProcessingTime() + millis, callback);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        remembered.keepSwept(deployment.library().fingerprint(), !sweep.isRunning());
        super.snapshotState(context);
    }

    @Override
    public void close() throws Exception {
        if (sweep != null) {
            sweep.stop();
        }
        super.close();
    }
}
