package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.MethodName;

/** What is known of code elsewhere. */
interface Known {
    /** What a field of the author's holds. */
    Value inField(String owner, String name, boolean isStatic);

    /** What a method of the author's returns. */
    Value returnedBy(MethodName method);
}
