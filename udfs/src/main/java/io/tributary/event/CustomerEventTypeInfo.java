package io.tributary.event;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type of {@link CustomerEvent}, written by {@link CustomerEventSerializer}. */
public final class CustomerEventTypeInfo extends FlatTypeInfo<CustomerEvent> {

    private static final long serialVersionUID = 1L;

    public CustomerEventTypeInfo() {
        super(CustomerEvent.class, CustomerEventSerializer.INSTANCE);
    }

    /** Found by Flink through the annotation on {@link CustomerEvent}. */
    public static final class Factory extends TypeInfoFactory<CustomerEvent> {
        @Override
        public TypeInformation<CustomerEvent> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new CustomerEventTypeInfo();
        }
    }
}
