package io.tributary.pattern;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles conditions and checks their types against the event catalogue. */
final class ConditionCompiler {

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .evaluateCanonicalTypesToNativeValues(true)
                    .maxParseRecursionDepth(50)
                    .comprehensionMaxIterations(10_000)
                    .build();

    private final EventCatalog catalog;
    private final MixedNumbers numbers = new MixedNumbers();
    private final CelRuntime runtime;
    private final EventViews views;

    /** By text. */
    private final Map<String, CelProgram> aboutEvent = new HashMap<>();

    ConditionCompiler(EventCatalog catalog) {
        this.catalog = catalog;
        this.views = new EventViews(catalog);
        this.runtime =
                CelRuntimeFactory.standardCelRuntimeBuilder()
                        .setOptions(OPTIONS)
                        .addFunctionBindings(numbers.bindings())
                        .build();
    }

    /** Null if the condition has a problem. */
    @Nullable CelCondition compile(CelText text, ConditionScope scope, Problems problems) {
        EventTypes types = new EventTypes(catalog);
        CelValidationResult result = compiler(types, scope).compile(text.text());
        ConditionIssues issues = new ConditionIssues(text, scope, types.fieldNames());
        if (result.hasError()) {
            for (CelIssue issue : result.getErrors()) {
                problems.add(issues.problem(issue));
            }
            return null;
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            Map<String, Boolean> steps = named(tree, scope);
            return new CelCondition(steps.isEmpty() ? shared(text, tree) : program(tree), steps);
        } catch (CelValidationException | CelEvaluationException e) {
            problems.add(text.at(), "this condition cannot be used: " + e.getMessage());
            return null;
        }
    }

    /** The types of the events do not change what an expression says, only whether it may. */
    private CelProgram shared(CelText text, CelAbstractSyntaxTree tree)
            throws CelEvaluationException {
        CelProgram known = aboutEvent.get(text.text());
        if (known == null) {
            known = program(tree);
            aboutEvent.put(text.text(), known);
        }
        return known;
    }

    private CelProgram program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
        return new CelProgram(runtime.createProgram(tree), views);
    }

    private CelCompiler compiler(EventTypes types, ConditionScope scope) {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addFunctionDeclarations(numbers.declarations())
                        .addVar("event", types.eventOf(scope.eventTypes()))
                        .setResultType(SimpleType.BOOL);
        scope.steps()
                .forEach(
                        (name, step) -> {
                            CelType event = types.eventOf(step.types());
                            builder.addVar(name, step.list() ? ListType.create(event) : event);
                        });
        return builder.setTypeProvider(types.provider()).build();
    }

    /** The steps that the condition names. */
    private static Map<String, Boolean> named(CelAbstractSyntaxTree tree, ConditionScope scope) {
        Set<String> names =
                CelNavigableAst.fromAst(tree)
                        .getRoot()
                        .allNodes()
                        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                        .map(node -> node.expr().ident().name())
                        .collect(Collectors.toSet());
        Map<String, Boolean> named = new LinkedHashMap<>();
        scope.steps()
                .forEach(
                        (name, step) -> {
                            if (names.contains(name)) {
                                named.put(name, step.list());
                            }
                        });
        return named;
    }
}
