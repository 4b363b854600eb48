package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskState;
import java.util.Set;

/**
 * At most one attempt of an instance holds its token; tokens only grow; old ones change nothing.
 */
final class OneCurrentToken extends Invariant {
    private static final Set<TaskState> MAY_START =
            Set.of(TaskState.WAITING, TaskState.QUEUED, TaskState.RETRYING);

    private final Ledger ledger;
    private long last;

    OneCurrentToken(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.AttemptStarted it) {
            InstanceRecord instance = ledger.instance(it.task());
            check(it.token() > last, "token", it.token(), "comes after", last);
            last = it.token();
            check(MAY_START.contains(instance.state), it, "starts while it:", instance);
            check(
                    it.number() == instance.started + 1,
                    it,
                    "is counted wrongly after:",
                    instance.started);
        } else if (change instanceof Change.AttemptEnded it) {
            InstanceRecord instance = ledger.instance(it.task());
            check(
                    instance.token == it.token() && instance.state == TaskState.RUNNING,
                    it,
                    "is not the current attempt:",
                    instance);
        } else if (change instanceof Change.LateResult it) {
            check(!ledger.isCurrent(it.token()), it, "is no late one; it is current");
        }
    }
}
