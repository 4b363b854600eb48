package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterTest {
    @ParameterizedTest(name = "{0} ''{1}'' is {2}")
    @CsvSource({
        "TEXT, ' a b ', ' a b '",
        "INTEGER, 42, 42",
        "INTEGER, ' -007 ', -7",
        "INTEGER, +5, 5",
        "INTEGER, 9223372036854775807, 9223372036854775807",
        "DECIMAL, 0.50, 0.5",
        "DECIMAL, .5, 0.5",
        "DECIMAL, 5e-1, 0.5",
        "DECIMAL, 100, 100",
        "DECIMAL, 1E+2, 100",
        "DECIMAL, -0.00, 0",
        "FLAG, ' true', true",
        "FLAG, false, false",
        "DATE, 2001-02-03, 2001-02-03"
    })
    void equalValuesAreEqualTexts(ParameterDefinition.Type type, String text, String canonical) {
        assertThat(definition(type).check(text)).isEqualTo(canonical);
        assertThat(definition(type).check(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest(name = "{0} ''{1}''")
    @CsvSource({
        "INTEGER, ''",
        "INTEGER, 4.2",
        "INTEGER, 9223372036854775808",
        "DECIMAL, 1/2",
        "DECIMAL, 'NaN'",
        "FLAG, yes",
        "FLAG, TRUE",
        "DATE, 2001-02-30",
        "DATE, 3.2.2001"
    })
    void aTextOfAnotherTypeIsRefused(ParameterDefinition.Type type, String text) {
        assertThatThrownBy(() -> definition(type).check(text))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_PARAMETER))
                .hasMessageContaining("parameter x: '" + text + "' is not ")
                .satisfies(it -> assertThat(it.getMessage()).hasSizeLessThan(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1001", "1e-1001", "1e999999999", "1e-999999999"})
    void aNumberThatWouldFillTheMemoryIsRefused(String text) {
        assertThatThrownBy(() -> definition(ParameterDefinition.Type.DECIMAL).check(text))
                .isInstanceOf(TidemarkException.class);
    }

    private static ParameterDefinition definition(ParameterDefinition.Type type) {
        return new ParameterDefinition("x", type, Optional.empty());
    }

    @Test
    void aDefaultIsKeptInItsOneForm() {
        assertThat(Parameter.decimal("x", "1E3").definition().defaultText()).contains("1000");
        assertThat(Parameter.decimal("x", "0.50").definition().defaultText()).contains("0.5");
        assertThat(Parameter.integer("x", 7).definition().defaultText()).contains("7");
        assertThat(Parameter.flag("x", false).definition().defaultText()).contains("false");
        assertThat(Parameter.text("x", "").definition().defaultText()).contains("");
        assertThat(Parameter.text("x").definition().defaultText()).isEmpty();
    }

    @Test
    void aTaskReadsWhatTheTextStandsFor() {
        assertThat(Parameter.text("x").read("a")).isEqualTo("a");
        assertThat(Parameter.integer("x").read("42")).isEqualTo(42L);
        assertThat(Parameter.decimal("x", "1").read("0.5")).isEqualTo(new BigDecimal("0.5"));
        assertThat(Parameter.flag("x", false).read("true")).isTrue();
        assertThat(Parameter.date("x").read("2001-02-03")).isEqualTo(LocalDate.of(2001, 2, 3));
    }
}
