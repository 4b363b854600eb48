package dev.tidemark.bench;

import java.lang.management.ManagementFactory;

/**
 * What the figures were measured on.
 *
 * @param memoryMib of the machine
 * @param heapMib the most that this process may use
 */
record Machine(int cores, long memoryMib, long heapMib, String kernel, String jdk) {
    private static final int MIB_SHIFT = 20;

    static Machine here() {
        long bytes =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                bytes >> MIB_SHIFT,
                Runtime.getRuntime().maxMemory() >> MIB_SHIFT,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }
}
