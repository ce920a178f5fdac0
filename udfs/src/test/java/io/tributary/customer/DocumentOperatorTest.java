package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.journey.CustomerDocument;
import io.tributary.journey.CustomerSummary;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentOperatorTest {

    private OneInputStreamOperatorTestHarness<CustomerDocument, CustomerDocument> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new DocumentOperator(Duration.ofSeconds(1)));
        harness.open();
        harness.setProcessingTime(0);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void ofSeveralDocumentsInOneIntervalOnlyTheNewestOfEachCustomerGoesOut() throws Exception {
        take("ann", 1);
        take("ben", 1);
        take("ann", 2);
        assertThat(told()).isEmpty();
        harness.setProcessingTime(1_000);
        assertThat(told()).containsExactly("ann 2", "ben 1");
        take("ann", 3);
        harness.setProcessingTime(1_999);
        assertThat(told()).isEmpty();
        harness.setProcessingTime(2_000);
        assertThat(told()).containsExactly("ann 3");
    }

    @Test
    void nothingIsHeldBackBeforeACheckpointOrAtTheEnd() throws Exception {
        take("ann", 1);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(told()).containsExactly("ann 1");
        take("ann", 2);
        harness.endInput();
        harness.getOneInputOperator().finish();
        assertThat(told()).containsExactly("ann 2");
    }

    @Test
    void theBufferIsBounded() throws Exception {
        for (int i = 0; i < DocumentOperator.MAX_BUFFERED; i++) {
            take("customer " + i, 1);
        }
        assertThat(told()).hasSize(DocumentOperator.MAX_BUFFERED);
    }

    private void take(String customer, long revision) throws Exception {
        harness.processElement(
                new StreamRecord<>(
                        new CustomerDocument(customer, CustomerSummary.EMPTY, revision)));
    }

    private List<String> told() {
        List<String> told =
                harness.extractOutputValues().stream()
                        .map(document -> document.customer() + " " + document.revision())
                        .toList();
        harness.getOutput().clear();
        return told;
    }
}
