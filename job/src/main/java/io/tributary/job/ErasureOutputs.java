package io.tributary.job;

import io.tributary.customer.CustomerOperator;
import io.tributary.erasure.Receipt;
import io.tributary.erasure.ReceiptOperator;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.LedgerFunction;
import io.tributary.ledger.PainPoint;
import io.tributary.ledger.Tombstone;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What erasures write: deletions of documents, and a receipt each. */
final class ErasureOutputs {

    private ErasureOutputs() {}

    /** In one place, which hears from all that remove something. */
    static DataStream<Receipt> receipts(
            IdentityStage identity,
            SingleOutputStreamOperator<LedgerEntry> customers,
            SingleOutputStreamOperator<PainPoint> painPoints,
            PipelineSettings settings) {
        Set<String> stages = new TreeSet<>(identity.stages());
        stages.add(OperatorIds.CUSTOMER);
        return identity.reports()
                .union(
                        customers.getSideOutput(CustomerOperator.ERASURE_REPORTS),
                        painPoints.getSideOutput(LedgerFunction.REPORTS))
                .transform(
                        "receipts",
                        TypeInformation.of(Receipt.class),
                        new ReceiptOperator(stages, settings.checkpoints()))
                .uid(OperatorIds.RECEIPTS)
                .setParallelism(1);
    }

    /** Documents of erased customers, of the pain points' and decisions' own tasks. */
    static DataStream<OutputRecord> tombstones(
            SingleOutputStreamOperator<PainPoint> painPoints, Tombstone.Kind kind) {
        String what = kind == Tombstone.Kind.PAIN_POINT ? "erased-pain-points" : "erased-decisions";
        return painPoints
                .getSideOutput(LedgerFunction.TOMBSTONES)
                .filter(tombstone -> tombstone.kind() == kind)
                .name(what)
                .uid(OperatorIds.erased(what))
                .map(Documents::tombstone)
                .returns(TypeInformation.of(OutputRecord.class))
                .name(what)
                .uid(OperatorIds.document(what));
    }
}
