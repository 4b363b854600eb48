package dev.tidemark.cli.inspect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What calls that leave the author's code do outside, as far as that is known. What is not on these
 * lists may do anything.
 *
 * <p>A stream, a writer or another object that leads outside is doubted where it is made; what is
 * then done with it needs no second look.
 */
final class KnownCalls {
    private static final String TASK_FUNCTION = "dev/tidemark/TaskFunction$";

    /** What authors see of Tidemark: it reads, or it writes behind a fence. */
    private static final Set<String> TIDEMARK = Set.of("dev/tidemark/", "dev/tidemark/data/");

    /** Packages whose classes are harmless unless another list says more. */
    private static final Set<String> PACKAGES =
            Set.of(
                    "java/lang/",
                    "java/lang/annotation/",
                    "java/lang/constant/",
                    "java/lang/ref/",
                    "java/lang/runtime/",
                    "java/math/",
                    "java/text/",
                    "java/io/",
                    "java/nio/",
                    "java/nio/charset/",
                    "java/security/",
                    "java/security/interfaces/",
                    "java/security/spec/");

    /** The same, with the packages below them. */
    private static final List<String> TREES = List.of("java/util/", "java/time/", "javax/crypto/");

    /** Of those packages, the beginnings of what is not harmless. */
    private static final List<String> DOUBTFUL =
            List.of(
                    "java/lang/ClassLoader",
                    "java/lang/Module",
                    "java/lang/Process",
                    "java/util/ResourceBundle",
                    "java/util/ServiceLoader",
                    "java/util/logging/",
                    "java/util/prefs/",
                    "java/util/spi/",
                    "java/time/zone/ZoneRulesProvider",
                    "java/io/Console",
                    "java/io/FileOutputStream",
                    "java/io/FileWriter",
                    "java/io/ObjectInputStream",
                    "java/io/RandomAccessFile",
                    "java/security/Provider",
                    "java/security/SecureClassLoader",
                    "java/security/Security");

    /** Single classes of other packages. */
    private static final Set<String> CLASSES =
            Set.of(
                    "java/net/IDN",
                    "java/net/URI",
                    "java/net/URLDecoder",
                    "java/net/URLEncoder",
                    "java/nio/file/DirectoryStream",
                    "java/nio/file/DirectoryStream$Filter",
                    "java/nio/file/FileSystem",
                    "java/nio/file/FileVisitResult",
                    "java/nio/file/FileVisitor",
                    "java/nio/file/Path",
                    "java/nio/file/PathMatcher",
                    "java/nio/file/Paths",
                    "java/nio/file/SimpleFileVisitor",
                    "java/nio/file/attribute/BasicFileAttributes",
                    "java/nio/file/attribute/FileTime",
                    "java/sql/Date",
                    "java/sql/JDBCType",
                    "java/sql/Time",
                    "java/sql/Timestamp",
                    "java/sql/Types",
                    "java/util/logging/Level",
                    "java/util/logging/LogRecord");

    /** Of a class, the only methods that are harmless. */
    private static final Map<String, Set<String>> METHODS =
            Map.ofEntries(
                    Map.entry(
                            "java/lang/Class",
                            Set.of(
                                    "cast",
                                    "desiredAssertionStatus",
                                    "equals",
                                    "getEnumConstants",
                                    "getName",
                                    "getPackageName",
                                    "getResourceAsStream",
                                    "getSimpleName",
                                    "getTypeName",
                                    "hashCode",
                                    "isAssignableFrom",
                                    "isEnum",
                                    "isInstance",
                                    "isRecord",
                                    "toString")),
                    Map.entry(
                            "java/lang/Runtime",
                            Set.of(
                                    "availableProcessors",
                                    "freeMemory",
                                    "getRuntime",
                                    "maxMemory",
                                    "totalMemory",
                                    "version")),
                    Map.entry(
                            "java/lang/System",
                            Set.of(
                                    "arraycopy",
                                    "currentTimeMillis",
                                    "getProperty",
                                    "getenv",
                                    "identityHashCode",
                                    "lineSeparator",
                                    "nanoTime")),
                    Map.entry(
                            "java/lang/invoke/LambdaMetafactory",
                            Set.of("metafactory", "altMetafactory")),
                    Map.entry(
                            "java/lang/invoke/StringConcatFactory",
                            Set.of("makeConcat", "makeConcatWithConstants")),
                    Map.entry("java/lang/invoke/ConstantBootstraps", Set.of("invoke")),
                    Map.entry(
                            "java/io/File",
                            Set.of(
                                    MethodName.CONSTRUCTOR,
                                    "canRead",
                                    "canWrite",
                                    "compareTo",
                                    "equals",
                                    "exists",
                                    "getAbsoluteFile",
                                    "getAbsolutePath",
                                    "getCanonicalFile",
                                    "getCanonicalPath",
                                    "getName",
                                    "getParent",
                                    "getParentFile",
                                    "getPath",
                                    "hashCode",
                                    "isAbsolute",
                                    "isDirectory",
                                    "isFile",
                                    "isHidden",
                                    "lastModified",
                                    "length",
                                    "list",
                                    "listFiles",
                                    "toPath",
                                    "toString",
                                    "toURI")),
                    Map.entry("java/nio/file/FileSystems", Set.of("getDefault")),
                    Map.entry(
                            "java/nio/file/Files",
                            Set.of(
                                    // To make a folder twice is to make it once.
                                    "createDirectories",
                                    "exists",
                                    "find",
                                    "getAttribute",
                                    "getLastModifiedTime",
                                    "getOwner",
                                    "getPosixFilePermissions",
                                    "isDirectory",
                                    "isExecutable",
                                    "isHidden",
                                    "isReadable",
                                    "isRegularFile",
                                    "isSameFile",
                                    "isSymbolicLink",
                                    "isWritable",
                                    "lines",
                                    "list",
                                    "mismatch",
                                    "newBufferedReader",
                                    "newDirectoryStream",
                                    "newInputStream",
                                    "notExists",
                                    "probeContentType",
                                    "readAllBytes",
                                    "readAllLines",
                                    "readAttributes",
                                    "readString",
                                    "readSymbolicLink",
                                    "size",
                                    "walk",
                                    "walkFileTree")),
                    Map.entry(
                            "java/util/logging/Logger",
                            Set.of(
                                    "config",
                                    "fine",
                                    "finer",
                                    "finest",
                                    "getLogger",
                                    "info",
                                    "isLoggable",
                                    "log",
                                    "severe",
                                    "warning")));

    /** Constructors that open what they are given the name of, by the type of that. */
    private static final Map<String, List<String>> OPENING =
            Map.of(
                    "java/io/PrintStream", List.of("(Ljava/lang/String;", "(Ljava/io/File;"),
                    "java/io/PrintWriter", List.of("(Ljava/lang/String;", "(Ljava/io/File;"),
                    "java/util/Formatter", List.of("(Ljava/lang/String;", "(Ljava/io/File;"),
                    // With a mode, which may be to delete it.
                    "java/util/jar/JarFile", List.of("(Ljava/io/File;ZI"),
                    "java/util/zip/ZipFile", List.of("(Ljava/io/File;I"));

    private KnownCalls() {}

    /** What is doubtful of a call; nothing where it is harmless. */
    static Optional<Doubt.Kind> doubtOf(MethodName call) {
        if (isHarmless(call)) {
            return Optional.empty();
        }
        return Optional.of(takesPath(call) ? Doubt.Kind.PATH : kindOf(call.owner()));
    }

    /** Whether a path into the data folder is asked for. */
    static boolean takesPath(MethodName call) {
        return isTidemark(call.owner()) && call.name().equals("dataPath");
    }

    /** Whether it runs the code of a task, whichever. */
    static boolean runsTask(MethodName call) {
        return call.owner().startsWith(TASK_FUNCTION) && call.name().equals("run");
    }

    /** Whether a class is the code of a task. */
    static boolean isTask(String type) {
        return type.startsWith(TASK_FUNCTION);
    }

    static boolean isTidemark(String owner) {
        return TIDEMARK.contains(packageOf(owner));
    }

    /** The one constant by which what reads also deletes. */
    static boolean deletes(String owner, String field) {
        return owner.equals("java/nio/file/StandardOpenOption") && field.equals("DELETE_ON_CLOSE");
    }

    /** Whether a method is one that every object has, and that anybody may call. */
    static boolean isOfEveryObject(String method) {
        return switch (method) {
            case "toString", "equals", "hashCode", "finalize" -> true;
            default -> false;
        };
    }

    private static boolean isHarmless(MethodName call) {
        String owner = call.owner();
        if (owner.startsWith("[")) {
            return true;
        }
        if (isTidemark(owner)) {
            return !takesPath(call);
        }
        Set<String> only = METHODS.get(owner);
        if (only != null) {
            return only.contains(call.name());
        }
        return isHarmless(owner) && !opensByName(call);
    }

    private static boolean isHarmless(String owner) {
        return CLASSES.contains(owner)
                || isError(owner)
                || ((PACKAGES.contains(packageOf(owner))
                                || TREES.stream().anyMatch(owner::startsWith))
                        && DOUBTFUL.stream().noneMatch(owner::startsWith));
    }

    private static boolean isError(String owner) {
        return (owner.startsWith("java/") || owner.startsWith("javax/"))
                && (owner.endsWith("Exception") || owner.endsWith("Error"));
    }

    private static boolean opensByName(MethodName call) {
        return call.isConstructor()
                && OPENING.getOrDefault(call.owner(), List.of()).stream()
                        .anyMatch(call.descriptor()::startsWith);
    }

    private static Doubt.Kind kindOf(String owner) {
        boolean files =
                owner.startsWith("java/io/")
                        || owner.startsWith("java/nio/file/")
                        || OPENING.containsKey(owner);
        return files ? Doubt.Kind.FILE : Doubt.Kind.HIDDEN;
    }

    private static String packageOf(String owner) {
        return owner.substring(0, owner.lastIndexOf('/') + 1);
    }
}
