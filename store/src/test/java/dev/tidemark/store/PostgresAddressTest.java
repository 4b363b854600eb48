package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    private static final String SECRET = "s3cret";

    @Test
    void aPasswordIsForTheDriverOnly() {
        PostgresAddress address =
                PostgresAddress.parse(
                        "postgresql://ann:"
                                + SECRET
                                + "%40@db.example.org/flights?sslmode=require");

        Properties properties = address.over(new Properties());
        assertThat(properties)
                .containsEntry("user", "ann")
                .containsEntry("password", SECRET + "@")
                .containsEntry("sslmode", "require")
                .containsEntry("currentSchema", "tidemark");
        assertThat(address).hasToString("postgresql://ann@db.example.org:5432/flights");
        assertThat(address.jdbc()).isEqualTo("jdbc:postgresql://db.example.org/flights");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s3cret@db",
                "postgresql://ann:s3cret@db/",
                "mysql://ann:s3cret@db/flights",
                "postgresql://ann:s3cret@db/flights?password=s3cret",
                "postgresql://ann:s3cret@db/flights?socketFactory=some.Code",
                "postgresql://ann:s3cret@db/flights?currentSchema=a%22b",
                "postgresql://ann:s3cret[@db/flights",
                "postgresql://ann:s3cret@db/fli ghts?password=s3cret"
            })
    void whatIsNoAddressIsRefusedWithoutShowingThePassword(String text) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresAddress.parse(text))
                .withMessageNotContaining(SECRET)
                .withMessageContaining("PGPASSWORD")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void anErrorDoesNotShowThePassword() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> PostgresStore.open("postgresql://ann:s3cret@127.0.0.1:1/x"))
                .withMessageContaining("postgresql://ann@127.0.0.1:1/x")
                .withStackTraceContaining("refused")
                .satisfies(
                        e ->
                                assertThat(e)
                                        .extracting(org.assertj.core.util.Throwables::getStackTrace)
                                        .asString()
                                        .doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\u0000",
                "\\",
                "\\0",
                "a\\u0000\u0000b",
                "🌊\uD83D",
                "\uDC00\uD800x"
            })
    void anyTextComesBackAsItWas(String text) {
        assertThat(PostgresText.encode(text)).doesNotContain("\u0000");
        assertThat(PostgresText.decode(PostgresText.encode(text))).isEqualTo(text);
    }
}
