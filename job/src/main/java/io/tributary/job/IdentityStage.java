package io.tributary.job;

import io.tributary.definition.Problems;
import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.event.Tier;
import io.tributary.identity.AliasFunction;
import io.tributary.identity.Assignment;
import io.tributary.identity.ClaimFunction;
import io.tributary.identity.IdentityMessage;
import io.tributary.identity.IdentityOperator;
import io.tributary.job.config.OperatorIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The stage that finds out whose event it is:
 *
 * <pre>
 *   events ─► claims ─┬────────────────► layer a rank, keyBy identifier ─► … ─► account ─► ±event
 *                     │                      ▲ broadcast
 *                     └─► aliases ─► erasures ┴────────────────────────────────────────► customer
 * </pre>
 *
 * @param assignments what the customers have to know, erasures among it
 * @param reports what erasures removed
 * @param stages uids that report
 */
record IdentityStage(
        DataStream<Assignment> assignments, DataStream<ErasureReport> reports, Set<String> stages) {

    static IdentityStage build(DataStream<CustomerEvent> events, PipelineSettings settings) {
        SingleOutputStreamOperator<Void> claims =
                events.process(new ClaimFunction(settings.definitions()))
                        .name("claims")
                        .uid(OperatorIds.IDENTITY_CLAIMS);
        SingleOutputStreamOperator<IdentityMessage> aliases = aliases(claims);
        DataStream<Erasure> erasures = aliases.getSideOutput(AliasFunction.ERASURES);
        DataStream<Assignment> assignments =
                erasures.map(Assignment::erasure)
                        .returns(TypeInformation.of(Assignment.class))
                        .name("erasures")
                        .uid(OperatorIds.IDENTITY_ERASURES)
                        .setParallelism(1);
        DataStream<ErasureReport> reports = aliases.getSideOutput(AliasFunction.REPORTS);
        Set<String> stages = new TreeSet<>();
        List<SingleOutputStreamOperator<Assignment>> layers = new ArrayList<>();
        for (Namespace namespace : namespaces(settings)) {
            DataStream<IdentityMessage> told =
                    claims.getSideOutput(ClaimFunction.to(namespace.name()));
            for (SingleOutputStreamOperator<Assignment> lower : layers) {
                told = told.union(lower.getSideOutput(ClaimFunction.to(namespace.name())));
            }
            if (namespace.tier() == Tier.ACCOUNT) {
                told = told.union(aliases);
            }
            SingleOutputStreamOperator<Assignment> layer =
                    layer(told, erasures, namespace, settings);
            layers.add(layer);
            stages.add(OperatorIds.identity(namespace));
            assignments = assignments.union(layer);
            reports = reports.union(layer.getSideOutput(IdentityOperator.REPORTS));
        }
        return new IdentityStage(assignments, reports, stages);
    }

    /** Hears from the layers below it and from the events. */
    private static SingleOutputStreamOperator<Assignment> layer(
            DataStream<IdentityMessage> told,
            DataStream<Erasure> erasures,
            Namespace namespace,
            PipelineSettings settings) {
        String uid = OperatorIds.identity(namespace);
        return told.keyBy(IdentityMessage::key)
                .connect(erasures.broadcast())
                .transform(
                        "identity " + namespace.name(),
                        TypeInformation.of(Assignment.class),
                        new IdentityOperator(
                                settings.definitions(),
                                settings.horizon().allowedLateness(),
                                uid,
                                settings.identityCache()))
                .uid(uid);
    }

    private static SingleOutputStreamOperator<IdentityMessage> aliases(
            SingleOutputStreamOperator<Void> claims) {
        return claims.getSideOutput(ClaimFunction.ALIASES)
                .keyBy(news -> AliasFunction.KEY)
                .process(new AliasFunction())
                .name("aliases")
                .uid(OperatorIds.IDENTITY_ALIAS)
                .setParallelism(1);
    }

    private static List<Namespace> namespaces(PipelineSettings settings) {
        Problems problems = new Problems();
        List<Namespace> byRank = Namespaces.read(settings.definitions(), problems).byRank();
        problems.throwIfAny();
        return byRank;
    }
}
