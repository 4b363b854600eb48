package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.Steering;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.WatermarkKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands are posted by anybody, kept, and answered once. */
interface CommandsContract extends StoreUnderTest {
    Command REQUEST =
            new Command.Request(
                    "flights",
                    new RunRequest(
                            Optional.of(
                                    new RunRequest.Range(
                                            LocalDate.parse("2001-02-01"),
                                            LocalDate.parse("2001-02-03"))),
                            Map.of("carrier", "AA"),
                            Optional.of(Reprocess.FAILED),
                            3));
    Command LATEST =
            new Command.Request(
                    "flights", new RunRequest(Optional.empty(), Map.of(), Optional.empty(), 1));
    Command CLEAR =
            new Command.Clear(7, List.of(Samples.key(7, "extract"), Samples.key(7, "load")));
    Command SET_POOL = new Command.SetPool(new PoolLimit("crm", 2, OptionalInt.of(60)));
    Command REMOVE_POOL = new Command.RemovePool("crm");
    Command CANCEL = new Command.Cancel(7, "not \"needed\"");

    List<Command> OTHERS =
            List.of(
                    new Command.Request(
                            "flights",
                            new RunRequest(
                                    Optional.of(
                                            new RunRequest.Listed(
                                                    List.of(
                                                            LocalDate.parse("2001-02-03"),
                                                            LocalDate.parse("2001-02-07")))),
                                    Map.of(),
                                    RunRequest.Again.of(Optional.empty()),
                                    new RunRequest.Pace(2, 3, BackfillPlan.Order.NEWEST),
                                    Samples.ODD_TEXT)),
                    new Command.Mark(
                            7,
                            List.of(Samples.key(7, "extract"), new TaskKey(7, "train", 3)),
                            TaskState.SUCCEEDED,
                            "mended"),
                    new Command.RerunRun(7, List.of(Samples.key(7, "load")), "late data"),
                    new Command.Steer(3, Steering.PAUSE, ""),
                    new Command.RerunBackfill(3, "mended"),
                    new Command.Clear(7, List.of(Samples.key(7, "load")), true),
                    new Command.RerunRun(7, List.of(), true, ""),
                    new Command.RerunBackfill(3, true, ""),
                    new Command.SetWatermark(
                            new WatermarkKey("flights", "proven"), Samples.NOON, Samples.ODD_TEXT),
                    new Command.Request(
                            "flights",
                            new RunRequest(
                                    Optional.of(
                                            new RunRequest.SinceWatermark(
                                                    Optional.of("proven"),
                                                    Optional.of(LocalDate.of(2001, 2, 3)))),
                                    Map.of(),
                                    new RunRequest.Again(
                                            Optional.empty(),
                                            false,
                                            BackfillPlan.WatermarkUse.FOLLOW),
                                    RunRequest.Pace.of(1),
                                    "")),
                    new Command.Request(
                            "flights",
                            new RunRequest(
                                    Optional.of(
                                            new RunRequest.SinceWatermark(
                                                    Optional.empty(), Optional.empty())),
                                    Map.of(),
                                    RunRequest.Again.of(Optional.empty()),
                                    RunRequest.Pace.of(1),
                                    "")),
                    new Command.Verify("flights", "v1", Set.of("load", "extract")),
                    new Command.Request(
                            "flights",
                            new RunRequest(
                                    Optional.empty(),
                                    Map.of(),
                                    new RunRequest.Again(
                                            Optional.of(Reprocess.ALL),
                                            true,
                                            BackfillPlan.WatermarkUse.ADVANCE),
                                    RunRequest.Pace.of(1),
                                    "")));

    @Test
    default void everyKindOfCommandIsReadBackAsItWas() {
        for (int i = 0; i < OTHERS.size(); i++) {
            post("key" + i, OTHERS.get(i));
        }
        assertThat(reopened().posted(OTHERS.size()))
                .extracting(Posted::command)
                .containsExactlyElementsOf(OTHERS);
    }

    private void post(String key, Command command) {
        store().post(key, command, Samples.NOON);
    }

    @Test
    default void whatIsPostedIsReadBackInOrderUntilItIsAnswered() {
        post("c", REQUEST);
        post("a", LATEST);
        post("d", CLEAR);
        post("b", CANCEL);
        post("f", SET_POOL);
        post("e", REMOVE_POOL);

        assertThat(reopened().posted(10))
                .containsExactly(
                        new Posted("c", REQUEST, Samples.NOON),
                        new Posted("a", LATEST, Samples.NOON),
                        new Posted("d", CLEAR, Samples.NOON),
                        new Posted("b", CANCEL, Samples.NOON),
                        new Posted("f", SET_POOL, Samples.NOON),
                        new Posted("e", REMOVE_POOL, Samples.NOON));
        assertThat(store().posted(1)).extracting(Posted::key).containsExactly("c");

        commit(new Change.CommandAnswered("a", new Answer.Accepted(0)));

        assertThat(store().posted(10))
                .extracting(Posted::key)
                .containsExactly("c", "d", "b", "f", "e");
    }

    @Test
    default void anAnswerIsKept() {
        Answer refused = new Answer.Refused(ErrorCode.INVALID_REQUEST, "there is no run 7");
        post("a", REQUEST);
        post("b", CANCEL);
        assertThat(store().answer("a")).isEmpty();

        commit(
                new Change.CommandAnswered("a", new Answer.Accepted(4)),
                new Change.CommandAnswered("b", refused));

        assertThat(reopened().answer("a")).contains(new Answer.Accepted(4));
        assertThat(store().answer("b")).contains(refused);
        assertThat(store().answer("nobody")).isEmpty();
    }

    @Test
    default void theSameKeyAgainChangesNothing() {
        post("a", CANCEL);
        post("a", REQUEST);
        assertThat(store().posted(10)).extracting(Posted::command).containsExactly(CANCEL);
        commit(new Change.CommandAnswered("a", new Answer.Accepted(0)));

        post("a", CANCEL);

        assertThat(store().posted(10)).isEmpty();
        assertThat(store().answer("a")).contains(new Answer.Accepted(0));
    }

    @Test
    default void nothingIsAnsweredTwiceOrUnasked() {
        post("a", CANCEL);
        commit(new Change.CommandAnswered("a", new Answer.Accepted(0)));

        for (String key : List.of("a", "nobody")) {
            assertThatExceptionOfType(TidemarkException.class)
                    .isThrownBy(
                            () -> commit(new Change.CommandAnswered(key, new Answer.Accepted(1))))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        }
        assertThat(store().answer("a")).contains(new Answer.Accepted(0));
    }

    @Test
    default void anybodyMayPostWhoeverOwnsTheStore() {
        store().claim("somebody", OwnershipContract.HOUR);

        post("a", CANCEL);

        assertThat(store().posted(10)).hasSize(1);
    }
}
