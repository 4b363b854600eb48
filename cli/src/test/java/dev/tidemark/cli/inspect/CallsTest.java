package dev.tidemark.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Effects;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that leave the author's code, each in the method of a task. */
class CallsTest {
    @TempDir Path temp;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "java.net.http.HttpClient.newHttpClient()|java.net.http.HttpClient.newHttpClient",
                "new java.net.Socket()|the constructor of java.net.Socket",
                "java.net.URI.create(\"x\").toURL().openStream()|java.net.URL.openStream",
                "java.sql.DriverManager.getConnection(\"x\")|java.sql.DriverManager.getConnection",
                "((java.sql.Connection) null).commit()|java.sql.Connection.commit",
                "new ProcessBuilder(\"x\")|the constructor of java.lang.ProcessBuilder",
                "ProcessHandle.current().destroy()|java.lang.ProcessHandle.current",
                "Runtime.getRuntime().exec(new String[0])|java.lang.Runtime.exec",
                "Runtime.getRuntime().halt(1)|java.lang.Runtime.halt",
                "System.exit(1)|java.lang.System.exit",
                "System.load(\"x\")|java.lang.System.load",
                "System.setProperty(\"x\", \"y\")|java.lang.System.setProperty",
                "Class.forName(\"x\")|java.lang.Class.forName",
                "Object.class.getMethod(\"x\")|java.lang.Class.getMethod",
                "((java.lang.reflect.Method) null).invoke(1)|java.lang.reflect.Method.invoke",
                "java.lang.invoke.MethodHandles.lookup()|java.lang.invoke.MethodHandles.lookup",
                "((ClassLoader) null).loadClass(\"x\")|java.lang.ClassLoader.loadClass",
                "ModuleLayer.boot().findLoader(\"x\")|java.lang.ModuleLayer.boot",
                "ServiceLoader.load(Runnable.class)|java.util.ServiceLoader.load",
                "ResourceBundle.getBundle(\"x\")|java.util.ResourceBundle.getBundle",
                "java.util.prefs.Preferences.userRoot()|java.util.prefs.Preferences.userRoot",
                "new java.util.logging.FileHandler(\"x\")"
                        + "|the constructor of java.util.logging.FileHandler",
                "java.security.Security.addProvider(null)|java.security.Security.addProvider",
                "java.nio.channels.FileChannel.open(null)|java.nio.channels.FileChannel.open",
                "tools.jackson.databind.json.JsonMapper.builder()"
                        + "|tools.jackson.databind.json.JsonMapper.builder",
                "new dev.tidemark.store.MemoryStore(null)"
                        + "|the constructor of dev.tidemark.store.MemoryStore",
            })
    void whatVerifyCannotSee(String statement, String called) throws Exception {
        Inspected inspected = of(statement);

        assertThat(inspected.finding("t")).isEqualTo(doubt(inspected, "calls " + called, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Files.writeString(null, \"\", StandardOpenOption.APPEND)"
                        + "|calls java.nio.file.Files.writeString",
                "Files.newOutputStream(null)|calls java.nio.file.Files.newOutputStream",
                "Files.newByteChannel(null)|calls java.nio.file.Files.newByteChannel",
                "Files.move(null, null)|calls java.nio.file.Files.move",
                "new FileOutputStream(\"x\")|calls the constructor of java.io.FileOutputStream",
                "new FileWriter(\"x\")|calls the constructor of java.io.FileWriter",
                "new RandomAccessFile(\"x\", \"rw\")"
                        + "|calls the constructor of java.io.RandomAccessFile",
                "new PrintStream(\"x\")|calls the constructor of java.io.PrintStream",
                "new PrintStream(new File(\"x\"))|calls the constructor of java.io.PrintStream",
                "new PrintWriter(\"x\")|calls the constructor of java.io.PrintWriter",
                "new PrintWriter(new File(\"x\"))|calls the constructor of java.io.PrintWriter",
                "new Formatter(\"x\")|calls the constructor of java.util.Formatter",
                "new java.util.zip.ZipFile(new File(\"x\"), 5)"
                        + "|calls the constructor of java.util.zip.ZipFile",
                "new ObjectInputStream(null)|calls the constructor of java.io.ObjectInputStream",
                "new File(\"x\").delete()|calls java.io.File.delete",
                "new File(\"x\").mkdirs()|calls java.io.File.mkdirs",
                "FileSystems.newFileSystem((Path) null)"
                        + "|calls java.nio.file.FileSystems.newFileSystem",
                "Files.newInputStream(null, StandardOpenOption.DELETE_ON_CLOSE)"
                        + "|uses java.nio.file.StandardOpenOption.DELETE_ON_CLOSE",
            })
    void filesAreSeenByVerifyWhereTheyMayLieInTheDataFolder(String statement, String reason)
            throws Exception {
        Inspected anywhere = of(statement);
        Inspected inData = of("task.dataPath(\"x\"); " + statement);

        assertThat(anywhere.finding("t")).isEqualTo(doubt(anywhere, reason, false));
        assertThat(inData.finding("t")).isEqualTo(doubt(inData, reason, true));
    }

    @Test
    void aPathIntoTheDataFolderAloneIsEnough() throws Exception {
        Inspected inspected = of("task.dataPath(\"x\")");

        assertThat(inspected.finding("t"))
                .isEqualTo(doubt(inspected, "takes a path to write to by itself, dataPath", true));
    }

    @Test
    void whatVerifyCannotSeeIsToldRatherThanAFile() throws Exception {
        Inspected inspected =
                of("Files.delete(task.dataPath(\"x\")); System.exit(1); new java.net.Socket()");

        assertThat(inspected.finding("t"))
                .isEqualTo(doubt(inspected, "calls java.lang.System.exit", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Files.readString(Path.of(\"x\"))",
                "Files.newInputStream(Path.of(\"x\")).readAllBytes()",
                "Files.walk(task.sourcePath(\"x\")).filter(Files::isRegularFile).toList()",
                "new File(\"x\").toPath().getFileSystem().getSeparator()",
                "new FileInputStream(\"x\").close()",
                "new Scanner(new File(\"x\")).nextLine()",
                "new java.util.zip.GZIPOutputStream(new ByteArrayOutputStream()).write(1)",
                "new PrintWriter(new StringWriter()).printf(\"%d\", 1)",
                "new PrintStream(new ByteArrayOutputStream()).close()",
                "new Formatter(new StringBuilder()).format(\"%d\", 1)",
                "new java.util.zip.ZipFile(\"x\").close()",
                "System.out.println(System.getenv(\"x\") + System.nanoTime())",
                "java.security.MessageDigest.getInstance(\"MD5\").digest(new byte[0])",
                "javax.crypto.Mac.getInstance(\"x\").doFinal()",
                "java.sql.Timestamp.valueOf(\"x\").toInstant().plusSeconds(1)",
                "java.net.URLEncoder.encode(\"x\", java.nio.charset.StandardCharsets.UTF_8)",
                "new java.math.BigDecimal(\"1\").add(java.math.BigDecimal.ONE)",
                "java.time.LocalDate.parse(\"x\").atStartOfDay(java.time.ZoneId.of(\"UTC\"))",
                "new java.text.DecimalFormat(\"0\").format(1)",
                "java.nio.ByteBuffer.allocate(1).put((byte) 1).flip()",
                "java.util.logging.Logger.getLogger(\"x\").info(\"y\")",
                "new int[] {1}.clone()",
                "List.of(3, 1).stream().sorted().map(n -> \"n\" + n).toList()",
                "new Thread(() -> {}).start()",
                "P.class.getResourceAsStream(\"x\").readAllBytes()",
                "java.util.EnumSet.allOf(Thread.State.class).forEach(System.out::println)",
                "Objects.requireNonNull(switch ((Object) task.date()) {"
                        + " case String s -> s; case Integer i when i > 1 -> i; default -> 1; })",
                "Objects.requireNonNull(new Pair(1, task))",
                "new java.sql.SQLException(\"x\").getSQLState()",
                "new java.net.UnknownHostException(\"x\").printStackTrace()",
            })
    void whatIsKnownToBeHarmless(String statement) throws Exception {
        assertThat(of(statement).effects("t"))
                .isEqualTo(
                        new Effects(
                                Effects.Kind.FENCED,
                                "all it writes goes through TaskContext.into"));
    }

    private Inspected of(String statement) throws Exception {
        return Inspected.of(
                temp,
                "p.task(\"t\", String.class, P::t);",
                """
                static String t(TaskContext task) throws Exception {
                    %s; %s
                    return "";
                }

                record Pair(int a, Object b) {}
                """
                        .formatted(statement, Inspected.HERE));
    }

    private static Finding doubt(Inspected inspected, String reason, boolean visible) {
        return new Finding(new Effects(Effects.Kind.UNKNOWN, inspected.here(reason)), visible);
    }
}
