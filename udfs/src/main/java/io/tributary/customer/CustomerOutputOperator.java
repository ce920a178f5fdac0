package io.tributary.customer;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.event.CustomerEvent;
import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** What the customer stage tells beside its entries for the ledger. */
abstract class CustomerOutputOperator extends AbstractStreamOperator<LedgerEntry> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<CustomerDocument> DOCUMENTS =
            new OutputTag<>("customers", TypeInformation.of(CustomerDocument.class));

    /** What came into and left the log, for counting. */
    public static final OutputTag<EventChange> EVENT_CHANGES =
            new OutputTag<>("event-changes", TypeInformation.of(EventChange.class));

    /** What changed in the stays in stages, for counting. */
    public static final OutputTag<StageChange> STAGE_CHANGES =
            new OutputTag<>("stage-changes", TypeInformation.of(StageChange.class));

    /** Events that came after nothing at their time could change any more. */
    public static final OutputTag<CustomerEvent> LATE =
            new OutputTag<>("late", TypeInformation.of(CustomerEvent.class));

    /** New events of customers who have too many. */
    public static final OutputTag<CustomerEvent> QUARANTINED =
            new OutputTag<>("quarantined", TypeInformation.of(CustomerEvent.class));

    /** Of a bounded run: what a live job would have told and taken back. */
    public static final OutputTag<Retraction> RETRACTIONS =
            new OutputTag<>("retractions", TypeInformation.of(Retraction.class));

    /** What erasures removed. */
    public static final OutputTag<ErasureReport> ERASURE_REPORTS =
            new OutputTag<>("erasure-reports", TypeInformation.of(ErasureReport.class));

    final void tell(CustomerChange change, long time) {
        change.entries().forEach(entry -> output.collect(new StreamRecord<>(entry, time)));
        if (change.event() != null) {
            output.collect(EVENT_CHANGES, new StreamRecord<>(change.event(), time));
        }
        if (change.stages() != null) {
            output.collect(STAGE_CHANGES, new StreamRecord<>(change.stages(), time));
        }
        if (change.document() != null) {
            output.collect(DOCUMENTS, new StreamRecord<>(change.document(), time));
        }
    }

    final void tell(CustomerErasure erased, Erasure erasure, CustomerChange change) {
        long time = erasure.until();
        erased.entries().forEach(entry -> output.collect(new StreamRecord<>(entry, time)));
        for (CustomerEvent event : erased.events()) {
            output.collect(EVENT_CHANGES, new StreamRecord<>(new EventChange(event, null), time));
        }
        tell(change, time);
        output.collect(ERASURE_REPORTS, new StreamRecord<>(erased.report(erasure, change), time));
    }
}
