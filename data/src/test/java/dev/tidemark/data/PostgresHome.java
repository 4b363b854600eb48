package dev.tidemark.data;

import dev.tidemark.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home whose {@code tidemark.yaml} leads to a schema of its own, in a real server. */
record PostgresHome(Path home) {
    static final String NAME = "warehouse";

    /** In the server that all tests share; what is in the file already stays. */
    static PostgresHome at(Path home) {
        PostgresHome found = new PostgresHome(home);
        if (!Files.exists(found.file())) {
            found.write(PostgresServer.shared());
        }
        return found;
    }

    PostgresHome write(PostgresServer server) {
        return write(
                """
                connections:
                  %s:
                    url: jdbc:postgresql://127.0.0.1:%d/postgres
                    user: tidemark
                    schema: %s
                """
                        .formatted(NAME, server.port(), schema()));
    }

    PostgresHome write(String text) {
        try {
            Files.createDirectories(file().getParent());
            Files.writeString(file(), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of this home alone, since the server outlives it. */
    String schema() {
        return "home_" + Sha256.hex(home.toString()).substring(0, 12);
    }

    Path file() {
        return home.resolve("source").resolve(Connections.FILE);
    }

    Database database() {
        return Database.connection(NAME);
    }
}
