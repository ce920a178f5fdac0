package io.tributary.job.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of each document of a bulk request.
 *
 * @param stored how many the index now holds at this revision or a newer one
 * @param busy try again, for as long as it takes: the cluster could not
 * @param refused this document as it is will not be taken
 * @param reason of the first that was not stored; empty if there is none
 */
record BulkAnswer(int stored, List<IndexRequest> busy, List<Refusal> refused, String reason) {

    private static final int LONGEST_REASON = 500;

    /** A document and why the index does not take it. */
    record Refusal(IndexRequest request, String reason) {}

    /** What one status, of an item or of a whole request, means. */
    enum Meaning {
        STORED,
        BUSY,
        REFUSED;

        /**
         * 2xx is stored; 409 is a newer revision that was there first; 404 is the deletion of
         * nothing. 429 and 5xx pass. Every other 4xx is about the document.
         */
        static Meaning ofItem(int status, boolean deletes) {
            if (status / 100 == 2 || status == 409 || (status == 404 && deletes)) {
                return STORED;
            }
            return status == 429 || status / 100 != 4 ? BUSY : REFUSED;
        }

        /**
         * Of a whole request only 400 and 413 can be the fault of a document in it; 401, 403 and
         * the like are about the connection and are repaired by people.
         */
        static Meaning ofRequest(int status) {
            if (status == 200) {
                return STORED;
            }
            return status == 400 || status == 413 ? REFUSED : BUSY;
        }
    }

    /** Nothing was stored and everything is to be sent again. */
    static BulkAnswer allBusy(List<IndexRequest> requests, String reason) {
        return new BulkAnswer(0, requests, List.of(), reason);
    }

    static BulkAnswer allRefused(List<IndexRequest> requests, String reason) {
        List<Refusal> refused = requests.stream().map(r -> new Refusal(r, reason)).toList();
        return new BulkAnswer(0, List.of(), refused, reason);
    }

    /** Two answers as one. */
    BulkAnswer and(BulkAnswer other) {
        List<IndexRequest> bothBusy = new ArrayList<>(busy);
        bothBusy.addAll(other.busy);
        List<Refusal> bothRefused = new ArrayList<>(refused);
        bothRefused.addAll(other.refused);
        return new BulkAnswer(
                stored + other.stored,
                bothBusy,
                bothRefused,
                reason.isEmpty() ? other.reason : reason);
    }

    /**
     * Reads an answer.
     *
     * @param requests what was sent, in order
     */
    static BulkAnswer read(List<IndexRequest> requests, int status, byte[] body) {
        return switch (Meaning.ofRequest(status)) {
            case BUSY -> allBusy(requests, "status " + status + " " + excerpt(body));
            case REFUSED -> allRefused(requests, "status " + status + " " + excerpt(body));
            case STORED -> readItems(requests, body);
        };
    }

    private static BulkAnswer readItems(List<IndexRequest> requests, byte[] body) {
        JsonNode items;
        try {
            items = CanonicalJson.parse(body).path("items");
        } catch (UncheckedIOException e) {
            return allBusy(requests, "the answer is not JSON: " + excerpt(body));
        }
        if (items.size() != requests.size()) {
            return allBusy(requests, "the answer tells of " + items.size() + " documents");
        }
        List<IndexRequest> busy = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        String first = "";
        for (int i = 0; i < requests.size(); i++) {
            IndexRequest request = requests.get(i);
            // {"index": {...}} or {"delete": {...}}
            JsonNode item = items.get(i).elements().next();
            Meaning meaning =
                    Meaning.ofItem(item.path("status").asInt(), request.document() == null);
            if (meaning == Meaning.STORED) {
                continue;
            }
            String reason = reason(item);
            first = first.isEmpty() ? reason : first;
            if (meaning == Meaning.BUSY) {
                busy.add(request);
            } else {
                refused.add(new Refusal(request, reason));
            }
        }
        int stored = requests.size() - busy.size() - refused.size();
        return new BulkAnswer(stored, busy, refused, first);
    }

    private static String reason(JsonNode item) {
        JsonNode error = item.path("error");
        return shortened(
                "status "
                        + item.path("status").asInt()
                        + " "
                        + error.path("type").asText()
                        + ": "
                        + error.path("reason").asText());
    }

    private static String excerpt(byte[] body) {
        return shortened(new String(body, StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
    }
}
