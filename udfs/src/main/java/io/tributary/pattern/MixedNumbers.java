package io.tributary.pattern;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CEL's operators between an integer and a double. CEL itself compares them only by {@code <} and
 * its like; an analyst writes {@code value == 50} for a property that is a number.
 */
final class MixedNumbers {

    private static final CelType INT = SimpleType.INT;
    private static final CelType DOUBLE = SimpleType.DOUBLE;
    private static final CelType INTS = ListType.create(INT);
    private static final CelType DOUBLES = ListType.create(DOUBLE);

    private enum Operator {
        EQUALS("_==_", SimpleType.BOOL),
        NOT_EQUALS("_!=_", SimpleType.BOOL),
        ADD("_+_", SimpleType.DOUBLE),
        SUBTRACT("_-_", SimpleType.DOUBLE),
        MULTIPLY("_*_", SimpleType.DOUBLE),
        DIVIDE("_/_", SimpleType.DOUBLE);

        private final String function;
        private final CelType result;

        Operator(String function, CelType result) {
            this.function = function;
            this.result = result;
        }

        String id() {
            return "mixed_" + name().toLowerCase(Locale.ROOT);
        }

        Object apply(double a, double b) {
            return switch (this) {
                case EQUALS -> a == b;
                case NOT_EQUALS -> a != b;
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
            };
        }
    }

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    MixedNumbers() {
        for (Operator operator : Operator.values()) {
            declare(operator);
        }
        membership();
    }

    List<CelFunctionDecl> declarations() {
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    private void declare(Operator operator) {
        String doubleInt = operator.id() + "_double_int";
        String intDouble = operator.id() + "_int_double";
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        operator.function,
                        CelOverloadDecl.newGlobalOverload(doubleInt, operator.result, DOUBLE, INT),
                        CelOverloadDecl.newGlobalOverload(
                                intDouble, operator.result, INT, DOUBLE)));
        bindings.add(
                CelFunctionBinding.from(
                        doubleInt,
                        Double.class,
                        Long.class,
                        (a, b) -> operator.apply(a, b.doubleValue())));
        bindings.add(
                CelFunctionBinding.from(
                        intDouble,
                        Long.class,
                        Double.class,
                        (a, b) -> operator.apply(a.doubleValue(), b)));
    }

    private void membership() {
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        "@in",
                        CelOverloadDecl.newGlobalOverload(
                                "mixed_in_double_ints", SimpleType.BOOL, DOUBLE, INTS),
                        CelOverloadDecl.newGlobalOverload(
                                "mixed_in_int_doubles", SimpleType.BOOL, INT, DOUBLES)));
        bindings.add(
                CelFunctionBinding.from(
                        "mixed_in_double_ints",
                        Double.class,
                        List.class,
                        (value, list) -> holds(list, value)));
        bindings.add(
                CelFunctionBinding.from(
                        "mixed_in_int_doubles",
                        Long.class,
                        List.class,
                        (value, list) -> holds(list, value.doubleValue())));
    }

    private static boolean holds(List<?> list, double value) {
        return list.stream().anyMatch(item -> item instanceof Number n && n.doubleValue() == value);
    }
}
