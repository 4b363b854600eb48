package dev.tidemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import org.duckdb.DuckDBDriver;

/**
 * Lets DuckDB's driver load its native library from the cache.
 *
 * <p>The driver has no setting for that: its class {@code DuckDBNative} unpacks the library
 * whenever it is initialised. So that class is defined here, before the driver asks for it, as it
 * stands in the jar but for the method that loads. Where the driver looks different one day, it is
 * left alone and unpacks by itself.
 */
final class DuckDbLibrary {
    private static final String LOADING_CLASS = "DuckDBNative";
    private static final String LOADING_METHOD = "loadNativeLibrary";

    /** Guarded by the class: the first thread to open a DuckDB file does it for all. */
    private static boolean done;

    private DuckDbLibrary() {}

    static synchronized void useCache() {
        if (!done) {
            done = true;
            String library = "libduckdb_java.so_" + platform();
            URL packed = DuckDBDriver.class.getResource("/" + library);
            if (packed != null) {
                NativeCache.ofUser()
                        .unpacked(packed, "duckdb-" + driverVersion(), library)
                        .ifPresent(DuckDbLibrary::loadFrom);
            }
        }
    }

    /** Does nothing where the driver has been used before, by someone else in this process. */
    private static void loadFrom(Path library) {
        try (InputStream original =
                DuckDBDriver.class.getResourceAsStream(LOADING_CLASS + ".class")) {
            if (original != null) {
                MethodHandles.privateLookupIn(DuckDBDriver.class, MethodHandles.lookup())
                        .defineClass(loading(library, original.readAllBytes()));
            }
        } catch (IOException | IllegalAccessException | LinkageError _) {
            // The driver unpacks by itself, as it does without us.
        }
    }

    private static byte[] loading(Path library, byte[] original) {
        MethodTypeDesc takesPath =
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
        ClassTransform otherLoad =
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString(LOADING_METHOD),
                        (method, part) -> {
                            if (part instanceof CodeModel) {
                                method.withCode(
                                        code ->
                                                code.loadConstant(library.toString())
                                                        .invokestatic(
                                                                ClassDesc.of("java.lang.System"),
                                                                "load",
                                                                takesPath)
                                                        .return_());
                            } else {
                                method.with(part);
                            }
                        });
        ClassFile format = ClassFile.of();
        return format.transformClass(format.parse(original), otherLoad);
    }

    /** As the driver's jar names it. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            system = "macos";
        } else if (system.startsWith("windows")) {
            system = "windows";
        }
        return system
                + "_"
                + switch (processor) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> processor;
                };
    }

    /** By the jar's name: the class itself does not know. */
    private static String driverVersion() {
        CodeSource source = DuckDBDriver.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "bundled";
        }
        String path = source.getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("^duckdb_jdbc-|\\.jar$", "");
    }
}
