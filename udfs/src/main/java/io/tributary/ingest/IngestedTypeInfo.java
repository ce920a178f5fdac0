package io.tributary.ingest;

import io.tributary.event.FlatTypeInfo;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type of {@link Ingested}, written by {@link IngestedSerializer}. */
public final class IngestedTypeInfo extends FlatTypeInfo<Ingested> {

    private static final long serialVersionUID = 1L;

    public IngestedTypeInfo() {
        super(Ingested.class, IngestedSerializer.INSTANCE);
    }

    /** Found by Flink through the annotation on {@link Ingested}. */
    public static final class Factory extends TypeInfoFactory<Ingested> {
        @Override
        public TypeInformation<Ingested> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new IngestedTypeInfo();
        }
    }
}
