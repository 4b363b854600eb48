package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Step;
import dev.tidemark.cli.flow.Value;
import dev.tidemark.cli.inspect.MethodName;
import java.util.List;
import java.util.Set;

/** Which steps open files to append, and which see to it that there is nothing to append to. */
final class FileCalls {
    private static final String OPTION = "java/nio/file/StandardOpenOption";

    private static final Set<String> ANEW = Set.of("TRUNCATE_EXISTING", "CREATE_NEW");

    private static final Set<String> OPENING =
            Set.of("java/io/FileOutputStream", "java/io/FileWriter");

    private static final Set<String> COLLECTING =
            Set.of("java/util/EnumSet", "java/util/List", "java/util/Set");

    private FileCalls() {}

    static boolean appends(Step.Read read) {
        return read.owner().equals(OPTION) && read.name().equals("APPEND");
    }

    /** Whether it may be what an option is read for. */
    static boolean takesOptions(MethodName call) {
        return call.owner().startsWith("java/nio/") || COLLECTING.contains(call.owner());
    }

    /** {@code new FileWriter("x", true)}, whose last argument says so. */
    static boolean appends(Step.Call call) {
        List<Value> arguments = call.arguments();
        return OPENING.contains(call.method().owner())
                && call.method().isConstructor()
                && call.method().descriptor().endsWith("Z)V")
                && !arguments.isEmpty()
                && arguments.getLast().equals(new Value.Whole(1));
    }

    static boolean beginsAnew(Step.Read read) {
        return read.owner().equals(OPTION) && ANEW.contains(read.name());
    }

    static boolean beginsAnew(MethodName call) {
        String name = call.name();
        return switch (call.owner()) {
            case "java/nio/file/Files" ->
                    name.startsWith("delete")
                            || name.startsWith("createTemp")
                            || name.equals("move")
                            || name.equals("createFile");
            case "java/io/File" ->
                    name.startsWith("delete")
                            || name.equals("renameTo")
                            || name.startsWith("createTemp")
                            || name.equals("createNewFile");
            default -> false;
        };
    }
}
