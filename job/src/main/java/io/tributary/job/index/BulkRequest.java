package io.tributary.job.index;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of {@code POST /_bulk}: newline-delimited JSON, one or two lines a document. */
final class BulkRequest {

    private static final JsonStringEncoder QUOTED = JsonStringEncoder.getInstance();

    private BulkRequest() {}

    static byte[] body(List<IndexRequest> requests) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (IndexRequest request : requests) {
            byte[] document = request.document();
            body.writeBytes(
                    utf8(document == null ? "{\"delete\":{\"_id\":\"" : "{\"index\":{\"_id\":\""));
            body.writeBytes(QUOTED.quoteAsUTF8(request.id()));
            body.writeBytes(utf8("\",\"_index\":\""));
            body.writeBytes(QUOTED.quoteAsUTF8(request.index()));
            body.writeBytes(
                    utf8(
                            "\",\"version\":"
                                    + request.version()
                                    + ",\"version_type\":\"external\"}}"));
            body.write('\n');
            if (document != null) {
                body.writeBytes(document);
                body.write('\n');
            }
        }
        return body.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
