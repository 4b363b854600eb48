package dev.tidemark.simulation;

import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import dev.tidemark.engine.AttemptOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An attempt starts once, after its start was kept, in the process that kept it, and with the
 * results that were kept.
 */
final class StartsAreCommitted extends Invariant {
    private final Ledger ledger;
    private final Set<Long> started = new TreeSet<>();

    StartsAreCommitted(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A process starts an attempt. */
    void started(EngineProcess process, AttemptOrder order) {
        long token = order.token().number();
        AttemptRecord attempt = ledger.attempts.get(token);
        check(attempt != null, process, "starts what was never kept:", order);
        if (attempt != null) {
            check(attempt.task().equals(order.key()), "token", token, "is of:", attempt.task());
            check(
                    attempt.by() == process,
                    process,
                    "starts token",
                    token,
                    "that was kept by:",
                    attempt.by());
        }
        check(started.add(token), process, "starts token", token, "again");
        if (ledger.isCurrent(token)) {
            order.arguments().forEach(argument -> argument(order, argument));
        }
    }

    private void argument(AttemptOrder order, AttemptOrder.Argument argument) {
        List<String> kept = new ArrayList<>();
        for (InstanceRecord instance : ledger.run(order.key().run()).of(argument.task())) {
            if (instance.state == TaskState.SUCCEEDED) {
                Optional.ofNullable(instance.result).map(TaskResult::json).ifPresent(kept::add);
            }
        }
        List<String> given =
                switch (argument) {
                    case AttemptOrder.Argument.Value(_, String json) -> List.of(json);
                    case AttemptOrder.Argument.Perhaps(_, Optional<String> json) ->
                            json.stream().toList();
                    case AttemptOrder.Argument.All(_, List<String> json) -> json;
                    case AttemptOrder.Argument.Element(_, String json, _) -> List.of(json);
                };
        check(given.equals(kept), order.key(), "takes", given, ", and kept are:", kept);
    }
}
