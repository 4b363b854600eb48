package dev.tidemark.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Names engines, so that people see who owns a store. The last part is random: no two engines ever
 * have the same name.
 */
final class EngineName {
    private static final String SERVER = "server";

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

    private static String of(String kind) {
        return kind
                + " "
                + ProcessHandle.current().pid()
                + " on "
                + host()
                + " "
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown";
        }
    }
}
