package io.tributary.job.connectors;

import io.tributary.ingest.Decoder;
import java.io.Serializable;

/** Makes the decoder of one source where it runs; the supplier travels, the decoder does not. */
public interface DecoderSupplier extends Serializable {
    Decoder open();
}
