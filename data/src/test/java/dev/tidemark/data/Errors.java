package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowingConsumer;

/** What tests say of errors. */
final class Errors {
    private Errors() {}

    static ThrowingConsumer<Throwable> has(ErrorCode code) {
        return error ->
                assertThat(error)
                        .asInstanceOf(InstanceOfAssertFactories.type(TidemarkException.class))
                        .extracting(TidemarkException::code)
                        .isEqualTo(code);
    }
}
