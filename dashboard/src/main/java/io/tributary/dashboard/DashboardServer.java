package io.tributary.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page and its JSON API. It has no log-in: it listens on the loopback address unless told
 * otherwise, and then answers only requests that name that address, so that no other web page can
 * read it through a host name of its own (DNS rebinding).
 */
public final class DashboardServer implements AutoCloseable {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                            + " img-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cache-Control",
                    "no-store");

    private final Javalin javalin;

    private DashboardServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts it for other programs.
     *
     * @param elasticsearch such as {@code http://127.0.0.1:9200}
     * @param prefix of the aliases that are read, such as {@code tributary-}
     * @param port 0 for any free one
     * @throws IOException if it cannot listen there, for example because the port is taken
     */
    public static DashboardServer start(URI elasticsearch, String prefix, String host, int port)
            throws IOException {
        return start(new Elasticsearch(elasticsearch, prefix), host, port);
    }

    /**
     * @param port 0 for any free one
     * @throws IOException if it cannot listen there
     */
    static DashboardServer start(Elasticsearch elasticsearch, String host, int port)
            throws IOException {
        requireFree(host, port);
        Views views = new Views(elasticsearch);
        boolean guarded = LOOPBACK.contains(host);
        Javalin javalin = Javalin.create(config -> configure(config, views, guarded));
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new DashboardServer(javalin);
    }

    /** Javalin would log an error beside what the command says. */
    private static void requireFree(String host, int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getByName(host)).close();
    }

    private static void configure(JavalinConfig config, Views views, boolean guarded) {
        config.startup.showJavalinBanner = false;
        config.staticFiles.add("/io/tributary/dashboard/page", Location.CLASSPATH);
        config.routes.before(
                ctx -> {
                    HEADERS.forEach(ctx::header);
                    if (guarded && !namesLoopback(ctx.header("Host"))) {
                        refuse(ctx, HttpStatus.FORBIDDEN, "this host name is not served");
                        ctx.skipRemainingHandlers();
                    }
                });
        config.routes.get("/api/summary", ctx -> answer(ctx, views.summary()));
        config.routes.get("/api/pain-points", ctx -> answer(ctx, views.painPoints()));
        config.routes.get(
                "/api/pain-points/over-time",
                ctx ->
                        Period.named(ctx.queryParam("range"))
                                .ifPresentOrElse(
                                        period -> answer(ctx, views.painPointsOverTime(period)),
                                        () ->
                                                refuse(
                                                        ctx,
                                                        HttpStatus.BAD_REQUEST,
                                                        "range must be one of " + Period.NAMES)));
        config.routes.get("/api/decisions", ctx -> answer(ctx, views.decisions()));
        config.routes.get(
                "/api/customers/{id}",
                ctx ->
                        views.customer(ctx.pathParam("id"))
                                .ifPresentOrElse(
                                        view -> answer(ctx, view),
                                        () ->
                                                refuse(
                                                        ctx,
                                                        HttpStatus.NOT_FOUND,
                                                        "no customer has this id")));
        config.routes.exception(
                Elasticsearch.Unavailable.class,
                (e, ctx) ->
                        refuse(
                                ctx,
                                HttpStatus.SERVICE_UNAVAILABLE,
                                String.valueOf(e.getMessage())));
    }

    private static boolean namesLoopback(@Nullable String host) {
        return host != null && LOOPBACK.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static void answer(Context ctx, JsonNode body) {
        ctx.contentType("application/json").result(body.toString());
    }

    private static void refuse(Context ctx, HttpStatus status, String message) {
        answer(ctx.status(status), Query.object().put("error", message));
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
