package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import dev.tidemark.RowCounts;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final RowCounts COUNTS = new RowCounts(10, 7, 2, 1, 7);

    @Test
    void comesBackFromItsDocumentAsItWas() {
        Manifest manifest = manifest(COUNTS);
        String document = ManifestJson.write(manifest);
        assertThat(ManifestJson.read(document)).isEqualTo(manifest);
        assertThat(ManifestJson.write(ManifestJson.read(document))).isEqualTo(document);
    }

    @Test
    void comesBackWithAllThatIsOptionalLeftOut() {
        Manifest full = manifest(COUNTS);
        Manifest bare =
                new Manifest(
                        new Manifest.Piece("a", full.piece().partition(), 1, Optional.empty()),
                        full.origin(),
                        List.of(),
                        new Manifest.Output("t", List.of(), List.of(), SampleFlights.SCHEMA, "0"),
                        new Manifest.Outcome(RowCounts.NONE, List.of()));
        assertThat(ManifestJson.read(ManifestJson.write(bare))).isEqualTo(bare);
    }

    @Test
    void isRefusedWhereARowIsNotAccountedFor() {
        assertThatThrownBy(() -> manifest(new RowCounts(10, 7, 2, 0, 7)))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("10 rows read, but 7 accepted + 2 rejected + 0 filtered = 9")
                .extracting(error -> ((TidemarkException) error).code())
                .isEqualTo(ErrorCode.UNBALANCED);
    }

    @Test
    void isEvidenceByTheHashOfItsDocument() {
        Evidence evidence = manifest(COUNTS).evidence();
        assertThat(evidence.manifestHash()).isEqualTo(Sha256.hex(evidence.manifest()));
        assertThat(evidence.receipt().asset()).isEqualTo("flights/accepted");
        assertThat(evidence.receipt().version()).isEqualTo(4);
        assertThat(evidence.receipt().rows()).isEqualTo(COUNTS);
        assertThat(evidence.receipt().contentHash()).isEqualTo("c0ffee");
    }

    @Test
    void ofSomethingElseIsRefusedByName() {
        assertThatThrownBy(() -> ManifestJson.read("{\"format\":\"other\"}"))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("its format is 'other'");
        assertThatThrownBy(() -> ManifestJson.read("not json"))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("no manifest");
    }

    @Test
    void namesItsColumnsByAFingerprintThatIgnoresTheirOrder() {
        assertThat(Conformity.fingerprint(Schema.of().integer("a").text("b")))
                .isEqualTo(Conformity.fingerprint(Schema.of().text("b").integer("a")))
                .isNotEqualTo(Conformity.fingerprint(Schema.of().text("a").text("b")));
    }

    private static Manifest manifest(RowCounts counts) {
        return new Manifest(
                new Manifest.Piece(
                        "flights/accepted",
                        FakeBoundary.dayOf("2001-02-03"),
                        4,
                        Optional.of("before")),
                new Manifest.Origin(
                        new Boundary.Writer("flights", "v1", "scheduled__x", "land[3]", 2),
                        new FencingToken("home", 17),
                        new TreeMap<>(Map.of("b", "\"quoted\"", "a", "Zürich")),
                        Instant.parse("2001-02-04T10:00:00.123456789Z"),
                        Instant.parse("2001-02-04T10:00:01Z")),
                List.of(new Consumption("bts/flights", "2001-02-03", "abc", 10, 1234)),
                new Manifest.Output(
                        "flights/2001-02-03",
                        List.of(new Manifest.Part("x-0.csv.gz", 7, 99, "ff")),
                        List.of(new Manifest.Part("x-rejected-0.csv.gz", 2, 50, "ee")),
                        SampleFlights.SCHEMA,
                        "c0ffee"),
                new Manifest.Outcome(
                        counts, List.of(CheckResult.of("rows at least", "1", "7 rows", true))));
    }
}
