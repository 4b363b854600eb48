package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Health;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls somebody outside once a minute for as long as this engine is the active one and takes its
 * turns. Where the calls stay away, that one knows that nothing is run any more, whatever the
 * reason.
 */
final class Heartbeat implements AutoCloseable {
    static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpRequest request;
    private final Consumer<String> say;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private Instant next = Instant.MIN;
    private boolean failing;

    /**
     * @param url http or https
     * @throws TidemarkException where it is neither
     */
    Heartbeat(String url, Consumer<String> say) {
        this.request = HttpRequest.newBuilder(checked(url)).timeout(PATIENCE).build();
        this.say = say;
    }

    private static URI checked(String url) {
        try {
            URI uri = new URI(url);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Refused like any other that cannot be called.
        }
        throw new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "'" + url + "' cannot be called; write --heartbeat=https://host/path");
    }

    /** Calls where a minute is over and the engine is well. */
    void beat(Health health, Instant now, Duration patience) {
        boolean alive =
                health.role() == Health.Role.ACTIVE && health.at().plus(patience).isAfter(now);
        if (!alive || now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        CompletableFuture<Void> _ =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .handle(
                                (answer, failure) -> {
                                    tell(
                                            failure == null
                                                    ? status(answer.statusCode())
                                                    : "does not answer");
                                    return null;
                                });
    }

    private static String status(int code) {
        return code / 100 == 2 ? "" : "answers " + code;
    }

    /** Once when it begins, and once when it is over. The address may hold a secret. */
    private synchronized void tell(String trouble) {
        if (failing == trouble.isEmpty()) {
            failing = !trouble.isEmpty();
            say.accept(
                    "heartbeat: "
                            + request.uri().getHost()
                            + " "
                            + (failing ? trouble : "answers again"));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
