package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server over a home, and commands that find it there. */
class ServerTest {
    private static final Pattern PORT = Pattern.compile("http://localhost:(\\d+)/health");

    @TempDir private Path folder;

    @BeforeEach
    void makePipelines() throws IOException {
        try (var source = ServerTest.class.getResourceAsStream("Numbers.java.txt")) {
            Program.write(
                    numbers(), new String(Objects.requireNonNull(source).readAllBytes(), UTF_8));
        }
        Program.write(pipelines().resolve("Broken.java"), "public class Broken { int x = ; }");
        Program.write(pipelines().resolve("Words.java"), "final class Words {}");
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

    private Path pipelines() {
        return folder.resolve("pipelines");
    }

    private Path numbers() {
        return pipelines().resolve("Numbers.java");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private Process server() throws IOException, InterruptedException {
        Files.deleteIfExists(log());
        Process server = Program.start(log(), "server", pipelines(), "--home", home(), "--port=0");
        Polling.until(
                "the server is active", () -> said().filter(log -> log.contains("active, epoch")));
        return server;
    }

    private Optional<String> said() {
        try {
            return Files.exists(log()) ? Optional.of(Files.readString(log())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher port = PORT.matcher(said().orElseThrow());
        assertThat(port.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://localhost:" + port.group(1) + path);
            return client.send(
                    HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Object[] request(String from, String to) {
        return new Object[] {
            "backfill",
            numbers(),
            "--from=" + from,
            "--to=" + to,
            "--max-active=2",
            "--reprocess=failed",
            "--home",
            home()
        };
    }

    @Test
    void itLeavesOutWhatIsBrokenAndSaysHowItFares() throws Exception {
        Process server = server();
        try {
            assertThat(said().orElseThrow())
                    .contains("pipeline numbers, version")
                    .contains("left out: " + pipelines().resolve("Broken.java"))
                    .doesNotContain("Words");
            HttpResponse<String> health = get("/health");
            assertThat(health.statusCode()).isEqualTo(200);
            JsonNode body = JsonMapper.shared().readTree(health.body());
            assertThat(body.get("role").asString()).isEqualTo("active");
            assertThat(body.get("healthy").asBoolean()).isTrue();
            assertThat(get("/nothing").statusCode()).isEqualTo(404);
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void commandsHaveItDoTheWorkAndClearToo() throws Exception {
        Process server = server();
        try {
            Program.Result done = Program.run(request("2001-02-01", "2001-02-02"));
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(done.out()).contains("numbers v2, doubled v2");

            String first = "backfill__2001-02-01T00:00:00Z";
            Program.Result cleared = Program.run("clear", first, "--task=double", "--home", home());
            assertThat(cleared.exitCode()).as(cleared.err()).isZero();
            assertThat(cleared.out()).contains("The server runs them again.");
            String again =
                    Polling.until(
                            "the server has run it again",
                            () ->
                                    Optional.of(Program.run(request("2001-02-01", "2001-02-01")))
                                            .map(Program.Result::out)
                                            .filter(out -> out.contains("doubled v4")));
            assertThat(again).doesNotContain("numbers v4");
            Program.Result refused =
                    Program.run("run", numbers(), "--date=1999-01-01", "--home", home());
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("2001-01-01");
        } finally {
            server.destroyForcibly().waitFor();
        }
        Program.Result alone = Program.run(request("2001-02-03", "2001-02-03"));
        assertThat(alone.exitCode()).as(alone.err()).isZero();
    }

    @Test
    void aRequestOutlivesTheServerThatTookIt() throws Exception {
        Process first = server();
        Process request =
                Program.start(folder.resolve("request"), request("2001-02-01", "2001-02-06"));
        Polling.until(
                "a run of the request is under way",
                () ->
                        Optional.of(Program.run("runs", "list", "--home", home()).out())
                                .filter(runs -> runs.contains("backfill__")));
        first.destroyForcibly().waitFor();
        Process second = server();
        try {
            assertThat(request.waitFor()).as(Files.readString(folder.resolve("request"))).isZero();
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void aHomeHasOneServer() throws Exception {
        Process server = server();
        try {
            Path output = folder.resolve("second");
            Process second =
                    Program.start(output, "server", pipelines(), "--home", home(), "--port=0");
            assertThat(second.waitFor()).isEqualTo(ExitCode.IN_USE.number());
            assertThat(Files.readString(output)).contains(Long.toString(server.pid()));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }
}
