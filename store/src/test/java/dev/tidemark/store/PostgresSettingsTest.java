package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** A server that was started so that a power cut takes what it has acknowledged is refused. */
class PostgresSettingsTest {
    @Test
    void aServerThatDoesNotSyncOrDoesNotWaitIsRefusedUntilItDoes() throws IOException {
        PostgresServer server = PostgresServer.own("fsync=off");
        try {
            assertRefused(server)
                    .withMessageContaining("fsync is off")
                    .withMessageContaining("gone after a power cut. Turn it on");

            server.stopImmediately();
            server.restartWith("synchronous_commit=off");
            assertRefused(server)
                    .withMessageContaining("synchronous_commit is off")
                    .withMessageContaining("Turn it on, or set it to local");

            server.stopImmediately();
            server.restartWith("synchronous_commit=local");
            try (PostgresStore store = PostgresStore.open(server.url("postgres"))) {
                assertThat(store.issuer()).isNotEmpty();
            }
        } finally {
            server.close();
        }
    }

    private static ThrowableAssertAlternative<TidemarkException> assertRefused(
            PostgresServer server) {
        String url = server.url("postgres");
        ThrowableAssertAlternative<TidemarkException> refusal =
                assertThatExceptionOfType(TidemarkException.class)
                        .isThrownBy(() -> PostgresStore.open(url))
                        .withMessageContaining(url)
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(PostgresStore.exists(url)).as("nothing was made there").isFalse();
        return refusal;
    }
}
