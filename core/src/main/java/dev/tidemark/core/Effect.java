package dev.tidemark.core;

import java.time.Instant;

/** Something to do once the changes of the same decision are kept, and not before. */
public sealed interface Effect {
    /** Start the attempt that holds this token. */
    record StartAttempt(TaskKey task, int number, long token) implements Effect {}

    /** Make the attempt that held this token stop. It can no longer change anything. */
    record StopAttempt(TaskKey task, long token, String reason) implements Effect {}

    /** Bring this event back when its time has come. */
    record SetTimer(Instant at, Event event) implements Effect {}
}
