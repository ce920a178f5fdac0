package io.tributary.job.connectors;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Sources;

/** Compiles the definitions where the decoder runs. */
public final class SourceDecoders implements DecoderSupplier {

    private static final long serialVersionUID = 1L;

    private final Definitions definitions;
    private final IdentifierSecret secret;
    private final String source;

    /**
     * @param source name in {@code sources.yaml}
     */
    public SourceDecoders(Definitions definitions, IdentifierSecret secret, String source) {
        this.definitions = definitions;
        this.secret = secret;
        this.source = source;
    }

    /**
     * @throws io.tributary.definition.DefinitionException if a definition has an error
     */
    @Override
    public Decoder open() {
        Problems problems = new Problems();
        Sources sources = Sources.compile(definitions, secret, problems);
        problems.throwIfAny();
        return sources.decoder(source);
    }
}
