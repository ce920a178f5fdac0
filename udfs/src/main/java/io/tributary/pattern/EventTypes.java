package io.tributary.pattern;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.tributary.event.EventCatalog;
import io.tributary.event.PropertyType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The event catalogue as CEL types, so that a misspelt property is found before anything runs. */
final class EventTypes {

    private static final Map<String, CelType> ENVELOPE =
            Map.of(
                    "id", SimpleType.STRING,
                    "type", SimpleType.STRING,
                    "time", SimpleType.TIMESTAMP,
                    "channel", SimpleType.STRING,
                    "source", SimpleType.STRING);

    private final EventCatalog catalog;
    private final Map<String, CelType> structs = new HashMap<>();

    EventTypes(EventCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The type of an event that is of one of {@code eventTypes}. It has every property that one of
     * them declares; a property that they declare differently has no static type.
     */
    CelType eventOf(Collection<String> eventTypes) {
        String name = String.join(" or ", eventTypes);
        Map<String, CelType> fields = new HashMap<>(ENVELOPE);
        fields.put("properties", properties(name, eventTypes));
        return struct(name, fields);
    }

    private CelType properties(String name, Collection<String> eventTypes) {
        if (catalog.types().isEmpty()) {
            return MapType.create(SimpleType.STRING, SimpleType.DYN);
        }
        Map<String, CelType> fields = new HashMap<>();
        for (String type : eventTypes) {
            SortedMap<String, PropertyType> declared =
                    catalog.properties(type).orElseGet(TreeMap::new);
            declared.forEach(
                    (property, of) -> {
                        CelType celType = celType(type + " " + property, of);
                        fields.merge(property, celType, (a, b) -> a.equals(b) ? a : SimpleType.DYN);
                    });
        }
        return struct(name + " properties", fields);
    }

    private CelType celType(String path, PropertyType type) {
        if (type instanceof PropertyType.ListOf list) {
            return ListType.create(celType(path + "[]", list.element()));
        }
        if (type instanceof PropertyType.ObjectOf object) {
            Map<String, CelType> fields = new HashMap<>();
            object.fields().forEach((name, of) -> fields.put(name, celType(path + "." + name, of)));
            return struct(path, fields);
        }
        return switch ((PropertyType.Scalar) type) {
            case STRING, TEXT -> SimpleType.STRING;
            case INTEGER -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
        };
    }

    private CelType struct(String name, Map<String, CelType> fields) {
        CelType known = structs.get(name);
        if (known == null) {
            ImmutableMap<String, CelType> byName = ImmutableMap.copyOf(fields);
            known =
                    StructType.create(
                            name, byName.keySet(), field -> Optional.ofNullable(byName.get(field)));
            structs.put(name, known);
        }
        return known;
    }

    /** The types made so far, as CEL's checker looks them up. */
    CelTypeProvider provider() {
        return new Provider(ImmutableMap.copyOf(structs));
    }

    /** Every field name that is known, to suggest one. */
    Collection<String> fieldNames() {
        return structs.values().stream()
                .flatMap(type -> ((StructType) type).fieldNames().stream())
                .distinct()
                .toList();
    }

    @Immutable
    private static final class Provider implements CelTypeProvider {

        private final ImmutableMap<String, CelType> structs;

        Provider(ImmutableMap<String, CelType> structs) {
            this.structs = structs;
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return structs.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(structs.get(name));
        }
    }
}
