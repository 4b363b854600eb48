package dev.tidemark;

/** The times of day of a cron expression, in seconds since midnight. */
record CronTime(CronSet seconds, CronSet minutes, CronSet hours) {
    private static final int MINUTES_PER_HOUR = 60;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = MINUTES_PER_HOUR * SECONDS_PER_MINUTE;

    int first() {
        return at(hours.first(), minutes.first(), seconds.first());
    }

    int last() {
        return at(hours.last(), minutes.last(), seconds.last());
    }

    /** The first time that is not earlier; {@link CronSet#NONE} where the day has none. */
    int atOrAfter(int time) {
        int hour = time / SECONDS_PER_HOUR;
        int minute = time / SECONDS_PER_MINUTE % MINUTES_PER_HOUR;
        if (hours.has(hour)) {
            int second = seconds.atOrAfter(time % SECONDS_PER_MINUTE);
            if (minutes.has(minute) && second != CronSet.NONE) {
                return at(hour, minute, second);
            }
            int later = minutes.atOrAfter(minute + 1);
            if (later != CronSet.NONE) {
                return at(hour, later, seconds.first());
            }
        }
        int later = hours.atOrAfter(hour + 1);
        return later == CronSet.NONE ? CronSet.NONE : at(later, minutes.first(), seconds.first());
    }

    /** The last time that is not later; {@link CronSet#NONE} where the day has none. */
    int atOrBefore(int time) {
        int hour = time / SECONDS_PER_HOUR;
        int minute = time / SECONDS_PER_MINUTE % MINUTES_PER_HOUR;
        if (hours.has(hour)) {
            int second = seconds.atOrBefore(time % SECONDS_PER_MINUTE);
            if (minutes.has(minute) && second != CronSet.NONE) {
                return at(hour, minute, second);
            }
            int earlier = minutes.atOrBefore(minute - 1);
            if (earlier != CronSet.NONE) {
                return at(hour, earlier, seconds.last());
            }
        }
        int earlier = hours.atOrBefore(hour - 1);
        return earlier == CronSet.NONE ? CronSet.NONE : at(earlier, minutes.last(), seconds.last());
    }

    private static int at(int hour, int minute, int second) {
        return hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
    }
}
