package dev.tidemark.core;

import dev.tidemark.TriggerRule;

/** Whether a task may run, given how its upstreams stand: the field's trigger rules. */
public final class TriggerRules {
    /** What a rule says. */
    public enum Verdict {
        WAIT,
        RUN,
        SKIP,
        UPSTREAM_FAILED
    }

    private TriggerRules() {}

    /** The verdict. A task without upstreams runs. */
    public static Verdict judge(TriggerRule rule, Tally up) {
        if (up.total() == 0) {
            return Verdict.RUN;
        }
        return switch (rule) {
            case ALL_SUCCESS -> allSuccess(up);
            case ALL_FAILED ->
                    up.succeeded() + up.skipped() > 0 ? Verdict.SKIP : whenAllDone(up, Verdict.RUN);
            case ALL_DONE -> whenAllDone(up, Verdict.RUN);
            case ALL_DONE_MIN_ONE_SUCCESS -> allDoneMinOneSuccess(up);
            case ONE_SUCCESS -> oneSuccess(up);
            case ONE_FAILED -> up.anyFailed() > 0 ? Verdict.RUN : whenAllDone(up, Verdict.SKIP);
            case ONE_DONE ->
                    up.succeeded() + up.failed() > 0 ? Verdict.RUN : whenAllDone(up, Verdict.SKIP);
            case NONE_FAILED ->
                    up.anyFailed() > 0 ? Verdict.UPSTREAM_FAILED : whenAllDone(up, Verdict.RUN);
            case NONE_FAILED_MIN_ONE_SUCCESS -> noneFailedMinOneSuccess(up);
            case NONE_SKIPPED -> up.skipped() > 0 ? Verdict.SKIP : whenAllDone(up, Verdict.RUN);
            case ALL_SKIPPED ->
                    up.succeeded() + up.anyFailed() > 0
                            ? Verdict.SKIP
                            : whenAllDone(up, Verdict.RUN);
            case ALWAYS -> Verdict.RUN;
        };
    }

    private static Verdict allSuccess(Tally up) {
        if (up.anyFailed() > 0) {
            return Verdict.UPSTREAM_FAILED;
        }
        return up.skipped() > 0 ? Verdict.SKIP : whenAllDone(up, Verdict.RUN);
    }

    private static Verdict allDoneMinOneSuccess(Tally up) {
        if (up.skipped() > 0) {
            return Verdict.SKIP;
        }
        return whenAllDone(up, up.succeeded() > 0 ? Verdict.RUN : Verdict.UPSTREAM_FAILED);
    }

    private static Verdict oneSuccess(Tally up) {
        if (up.succeeded() > 0) {
            return Verdict.RUN;
        }
        return whenAllDone(up, up.skipped() == up.total() ? Verdict.SKIP : Verdict.UPSTREAM_FAILED);
    }

    private static Verdict noneFailedMinOneSuccess(Tally up) {
        if (up.anyFailed() > 0) {
            return Verdict.UPSTREAM_FAILED;
        }
        return whenAllDone(up, up.succeeded() > 0 ? Verdict.RUN : Verdict.SKIP);
    }

    private static Verdict whenAllDone(Tally up, Verdict then) {
        return up.allDone() ? then : Verdict.WAIT;
    }
}
