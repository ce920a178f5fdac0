package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.job.connectors.OutputRecord;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexRequestTypeTest {

    @ParameterizedTest
    @ValueSource(classes = {IndexRequest.class, OutputRecord.class})
    void whatFlowsBetweenOperatorsNeedsNoKryo(Class<?> type) {
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.GENERIC_TYPES, false);

        assertThat(TypeInformation.of(type).createSerializer(new SerializerConfigImpl(strict)))
                .isInstanceOf(PojoSerializer.class);
    }
}
