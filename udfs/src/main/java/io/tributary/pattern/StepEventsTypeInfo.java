package io.tributary.pattern;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Tells Flink how to carry step name to event ids: left to itself it looks only at the outermost
 * type arguments of a field and falls back to a generic serializer for a list inside a map. The
 * order of the steps is not carried.
 */
public final class StepEventsTypeInfo extends TypeInfoFactory<Map<String, List<String>>> {

    @Override
    public TypeInformation<Map<String, List<String>>> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return Types.MAP(Types.STRING, Types.LIST(Types.STRING));
    }
}
