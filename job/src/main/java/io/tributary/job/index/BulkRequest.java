package io.tributary.job.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The body of {@code POST /_bulk}: newline-delimited JSON, one or two lines a document. */
final class BulkRequest {

    private BulkRequest() {}

    static byte[] body(List<IndexRequest> requests) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (IndexRequest request : requests) {
            byte[] document = request.document();
            ObjectNode target = CanonicalJson.object();
            target.put("_index", request.index());
            target.put("_id", request.id());
            target.put("version", request.version());
            target.put("version_type", "external");
            ObjectNode action = CanonicalJson.object();
            action.set(document == null ? "delete" : "index", target);
            body.writeBytes(CanonicalJson.bytes(action));
            body.write('\n');
            if (document != null) {
                body.writeBytes(document);
                body.write('\n');
            }
        }
        return body.toByteArray();
    }
}
