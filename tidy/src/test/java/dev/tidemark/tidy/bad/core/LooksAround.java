package dev.tidemark.tidy.bad.core;

import java.time.ZoneId;
import java.util.List;

final class LooksAround {
    private LooksAround() {}

    static String surroundings() {
        return System.getenv("HOME")
                + System.getProperty("user.name")
                + Thread.currentThread()
                + ZoneId.systemDefault();
    }

    static void print(List<String> list) {
        System.out.println(list.parallelStream().count());
    }
}
