package dev.tidemark.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says over HTTP, on loopback only, how a server's engine fares: {@code GET /health} answers 200
 * where it did its part lately, as the owner or standing by, and 503 where it did not.
 */
final class HealthEndpoint implements AutoCloseable {
    static final int DEFAULT_PORT = 8780;

    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final Supplier<Health> health;
    private final InstantSource clock;
    private final Duration patience;

    private HealthEndpoint(
            HttpServer server, Supplier<Health> health, InstantSource clock, Duration patience) {
        this.server = server;
        this.health = health;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Begins to answer.
     *
     * @param port 0 for any that is free
     * @param patience how old what the engine did last may be
     */
    static HealthEndpoint open(
            int port, Supplier<Health> health, InstantSource clock, Duration patience) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            HealthEndpoint endpoint = new HealthEndpoint(server, health, clock, patience);
            server.createContext("/health", endpoint::answer);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "cannot listen on port "
                            + port
                            + " of this machine: "
                            + e.getMessage()
                            + "; name another with --port, or 0 for any that is free",
                    e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Health now = health.get();
            boolean good = now.isGood(clock.instant(), patience);
            byte[] body = (json(now, good) + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            boolean isGet = exchange.getRequestMethod().equals("GET");
            exchange.sendResponseHeaders(
                    isGet ? good ? OK : UNAVAILABLE : METHOD_NOT_ALLOWED, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String json(Health health, boolean good) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("healthy", good);
        json.put("role", health.role().name().toLowerCase(Locale.ROOT));
        json.put("epoch", health.epoch());
        json.put("at", health.at().toString());
        json.put("trouble", health.trouble());
        return JsonMapper.shared().writeValueAsString(json);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
