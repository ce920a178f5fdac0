package io.tributary.bench;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import io.tributary.identity.Assignment;

/**
 * Esper in memory: nothing durable, no history, and it relies on events that come in order of time.
 */
final class EsperContender implements EngineContender {

    private final EPRuntime runtime;
    private final EPEventService events;
    private long found;

    EsperContender() throws Exception {
        Configuration configuration = new Configuration();
        configuration.getCommon().addEventType(EsperEvent.class);
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        runtime = EPRuntimeProvider.getRuntime("bench", configuration);
        runtime.initialize();
        events = runtime.getEventService();
        events.advanceTime(EngineTraffic.LIVE);
        for (String statement : EsperStatements.all()) {
            EPCompiled compiled =
                    EPCompilerProvider.getCompiler()
                            .compile(statement, new CompilerArguments(configuration));
            EPDeployment deployment = runtime.getDeploymentService().deploy(compiled);
            deployment.getStatements()[0].addListener(
                    (matches, gone, by, of) -> found += matches.length);
        }
    }

    @Override
    public String name() {
        return EngineBenchmark.ESPER;
    }

    @Override
    public void process(Assignment assignment) {
        events.advanceTime(assignment.event().time());
        events.sendEventBean(new EsperEvent(assignment), "EsperEvent");
    }

    @Override
    public void watermark(long time) {
        events.advanceTime(time);
    }

    /** How many matches; they need not be the same ones. */
    long found() {
        return found;
    }

    @Override
    public void close() {
        runtime.destroy();
    }
}
