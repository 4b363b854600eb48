package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDriftTest {
    private static final Schema BEFORE =
            Schema.of().timestamp("date").integer("delay").text("origin").text("destination");

    @Test
    void anotherOrderIsNoChange() {
        assertThat(
                        changes(
                                Schema.of()
                                        .text("destination")
                                        .integer("delay")
                                        .timestamp("date")
                                        .text("origin")))
                .isEmpty();
    }

    @Test
    void whatIsAddedRemovedAndRetypedIsNamed() {
        assertThat(
                        changes(
                                Schema.of()
                                        .timestamp("date")
                                        .floating("delay")
                                        .text("origin")
                                        .integer("seats")))
                .isEqualTo("delay was INTEGER, is FLOAT, removed destination, added seats");
    }

    @Test
    void aSimilarNameIsPerhapsTheSameColumn() {
        assertThat(
                        changes(
                                Schema.of()
                                        .text("Destination")
                                        .timestamp("date")
                                        .integer("delay")
                                        .text("orgin")))
                .isEqualTo(
                        "origin perhaps renamed to orgin (a guess: same type and similar name),"
                            + " destination perhaps renamed to Destination (a guess: same type and"
                            + " similar name)");
    }

    @Test
    void theSamePlaceIsPerhapsTheSameColumn() {
        assertThat(
                        changes(
                                Schema.of()
                                        .timestamp("date")
                                        .integer("late")
                                        .text("origin")
                                        .text("destination")))
                .isEqualTo("delay perhaps renamed to late (a guess: same type and place)");
    }

    @Test
    void anotherTypeInTheSamePlaceIsAnotherColumn() {
        assertThat(
                        changes(
                                Schema.of()
                                        .timestamp("date")
                                        .text("delay-minutes")
                                        .text("origin")
                                        .text("destination")))
                .isEqualTo("removed delay, added delay-minutes");
    }

    @Test
    void oneColumnIsGuessedOnce() {
        assertThat(
                        SchemaDrift.text(
                                SchemaDrift.between(
                                        List.of("id", "name", "nam"), List.of("id", "Name"))))
                .isEqualTo(
                        "name perhaps renamed to Name (a guess: same type and similar name),"
                                + " removed nam");
    }

    private static String changes(Schema after) {
        return SchemaDrift.text(SchemaDrift.between(BEFORE, after));
    }
}
