package dev.tidemark.tidy.bad.core;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** All of it but the last differs each time. */
final class Rolls {
    private Rolls() {}

    static String name() {
        return UUID.randomUUID() + " " + Math.random() + new SecureRandom().nextInt();
    }

    static int number() {
        return new Random().nextInt();
    }

    static void shuffle(List<String> list) {
        Collections.shuffle(list);
    }

    static int sameNumber() {
        return new Random(42).nextInt();
    }
}
