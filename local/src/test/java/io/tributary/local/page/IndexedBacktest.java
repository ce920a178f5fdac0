package io.tributary.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.backtest.BacktestCommand;
import io.tributary.job.connectors.Output;
import io.tributary.local.traffic.GenerateCommand;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The pipeline's own documents of invented traffic, in the indices that the index job would write
 * them to, behind the aliases of its templates.
 */
final class IndexedBacktest {

    /** The field of a document that chooses its month; customers have one index. */
    private static final Map<Output, String> TIME =
            Map.of(
                    Output.PAIN_POINTS, "start",
                    Output.INTERVENTIONS, "decidedAt",
                    Output.METRICS, "start");

    private final IndexDocuments documents;

    IndexedBacktest(IndexDocuments documents) {
        this.documents = documents;
    }

    /** Half a day of traffic, cut off while it is busy. */
    void fill(Path folder) throws IOException, InterruptedException {
        Path events = folder.resolve("events.ndjson");
        succeed(
                new GenerateCommand(),
                "--customers=60",
                "--events=2400",
                "--days=1",
                "--out=" + events);
        Path out = folder.resolve("out");
        succeed(
                new BacktestCommand(),
                "--definitions=../definitions",
                "--events=" + events,
                "--until=2026-03-01T14:20:00Z",
                "--out=" + out);
        for (Output output :
                List.of(
                        Output.PAIN_POINTS,
                        Output.INTERVENTIONS,
                        Output.METRICS,
                        Output.CUSTOMERS)) {
            putTemplate(output);
            List<ObjectNode> found = new ArrayList<>();
            for (String line : Files.readAllLines(out.resolve(output.topic() + ".ndjson"))) {
                found.add((ObjectNode) CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8)));
            }
            index(output, found);
        }
    }

    private static void succeed(Object command, String... arguments) {
        int status = new CommandLine(command).execute(arguments);
        if (status != 0) {
            throw new IllegalStateException(command.getClass() + " ends with " + status);
        }
    }

    private void putTemplate(Output output) throws IOException, InterruptedException {
        String template =
                Files.readString(Path.of("../deploy/elasticsearch", output.topic() + ".json"));
        String alias = documents.alias(output);
        documents.send(
                "PUT",
                "/_index_template/" + alias,
                template.replace("\"tributary-" + output.topic(), "\"" + alias));
    }

    /** Writes documents, which are found when this returns. */
    void index(Output output, List<ObjectNode> found) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        for (ObjectNode document : found) {
            document.put("revision", 1);
            ObjectNode target = CanonicalJson.object();
            target.put("_index", indexOf(output, document));
            target.put("_id", document.path("id").asText());
            target.put("version", 1);
            target.put("version_type", "external");
            ObjectNode action = CanonicalJson.object();
            action.set("index", target);
            body.append(CanonicalJson.string(action)).append('\n');
            body.append(CanonicalJson.string(document)).append('\n');
        }
        JsonNode answer = documents.send("POST", "/_bulk?refresh=true", body.toString());
        if (answer.path("errors").asBoolean(true)) {
            throw new IllegalStateException(answer.toString());
        }
    }

    private String indexOf(Output output, ObjectNode document) {
        String name = documents.alias(output);
        if (output == Output.CUSTOMERS) {
            return name;
        }
        String time = document.path(TIME.get(output)).asText();
        return name + "-" + time.substring(0, "2026-03".length()).replace('-', '.');
    }

    /** Deletes a document, by its id, from whichever index holds it. */
    void delete(Output output, String id) throws IOException, InterruptedException {
        ObjectNode search = CanonicalJson.object();
        search.putObject("query").putObject("ids").putArray("values").add(id);
        String name = documents.alias(output);
        for (JsonNode hit :
                documents
                        .send("POST", "/" + name + "/_search", search.toString())
                        .at("/hits/hits")) {
            String address = hit.path("_index").asText() + "/_doc/" + encode(id);
            documents.send("DELETE", "/" + address + "?refresh=true", "");
        }
    }

    private static String encode(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
