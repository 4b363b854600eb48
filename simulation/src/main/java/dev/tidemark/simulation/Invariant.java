package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import org.jspecify.annotations.Nullable;

/** Something that must always hold. It is shown all that is kept, and throws what it finds. */
abstract class Invariant {
    /** A change is kept; the ledger does not have it yet. */
    void before(Change change, Committed commit) {}

    /** A commit is kept, and the ledger has all of it. */
    void after(Committed commit) {}

    /** A step of an engine has ended well. */
    void stepped(EngineProcess process) {}

    /** All faults are over, and all has come to rest. */
    void atRest() {}

    /** The message is put together only where it is needed: there are very many checks. */
    final void check(boolean holds, @Nullable Object... message) {
        if (!holds) {
            StringBuilder text = new StringBuilder();
            for (@Nullable Object each : message) {
                String next = String.valueOf(each);
                boolean joined = text.isEmpty() || next.startsWith(" ") || next.startsWith(",");
                text.append(joined || text.charAt(text.length() - 1) == ' ' ? "" : " ");
                text.append(next);
            }
            throw new Violation(getClass().getSimpleName(), text.toString());
        }
    }
}
