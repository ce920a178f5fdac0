package io.tributary.job.connectors;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.SourceConfig;
import io.tributary.ingest.Sources;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Makes decoders where they run: ships the text of the definitions and compiles it there.
 *
 * @param definitions all of them
 * @param secret key of the pseudonyms
 * @param allowedLateness what is older when it is received is late
 */
public record IngestDecoders(
        Definitions definitions, IdentifierSecret secret, Duration allowedLateness)
        implements Serializable {

    /** The decoder of one source of {@code sources.yaml}. */
    public DecoderSupplier of(String source) {
        return () -> compile().decoder(source);
    }

    /** The decoder for files of a backtest. */
    public DecoderSupplier ofFiles() {
        return () -> compile().decoderForFiles();
    }

    /**
     * The sources that read topics.
     *
     * @throws io.tributary.definition.DefinitionException if the definitions have problems
     */
    public List<SourceConfig> topicSources() {
        return compile().ofTopics();
    }

    private Sources compile() {
        Problems problems = new Problems();
        Sources sources = Sources.compile(definitions, secret, allowedLateness, problems);
        problems.throwIfAny();
        return sources;
    }
}
