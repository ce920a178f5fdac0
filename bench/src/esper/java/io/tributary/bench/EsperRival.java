package io.tributary.bench;

/** Tells the benchmark that Esper is there. */
public final class EsperRival implements EngineRival {

    @Override
    public EngineContender start() throws Exception {
        return new EsperContender();
    }
}
