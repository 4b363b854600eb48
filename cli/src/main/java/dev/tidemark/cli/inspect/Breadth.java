package dev.tidemark.cli.inspect;

/** What a walk takes for reached where that cannot be told for certain. */
enum Breadth {
    /** All that anybody might call: nothing that is reached is left out. */
    WHATEVER_MAY_BE,
    /** What is called by code that is seen: little is told of that never happens. */
    WHAT_IS_CALLED
}
