package dev.tidemark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names engines, so that people see who owns a store: {@code server 4711 on host, 5f3a9c01 in
 * 1b2c3d4e}. The first of the last two is random, so no two engines ever have the same name; the
 * other says among which processes the process id counts.
 */
final class EngineName {
    private static final String SERVER = "server";
    private static final Pattern NAME = Pattern.compile("\\w+ (\\d+) on .*, \\w+ in (\\w+)");

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    private EngineName() {}

    static String ofServer() {
        return of(SERVER);
    }

    static String ofCommand() {
        return of("command");
    }

    static boolean isServer(String name) {
        return name.startsWith(SERVER + " ");
    }

    /** Whether the engine's process is known to be gone: it was one of this very system. */
    static boolean isGone(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                && processes().filter(parts.group(2)::equals).isPresent()
                && ProcessHandle.of(Long.parseLong(parts.group(1))).isEmpty();
    }

    private static String of(String kind) {
        return kind
                + " "
                + ProcessHandle.current().pid()
                + " on "
                + host()
                + ", "
                + UUID.randomUUID().toString().substring(0, 8)
                + " in "
                + processes().orElse("unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown";
        }
    }

    /** Names the running system and, in it, the container; empty where Linux is not the system. */
    private static Optional<String> processes() {
        try {
            String both = Files.readString(BOOT).strip() + Files.readSymbolicLink(PROCESSES);
            return Optional.of(UUID.nameUUIDFromBytes(both.getBytes(UTF_8)).toString())
                    .map(id -> id.substring(0, 8));
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }
}
