package dev.tidemark.store;

import dev.tidemark.CronExpression;
import dev.tidemark.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Schedules as JSON. */
final class ScheduleJson {
    private ScheduleJson() {}

    static void write(JsonGenerator json, Schedule schedule) {
        switch (schedule) {
            case Schedule.Daily daily -> {
                json.writeStringProperty("is", "daily");
                json.writeStringProperty("time", daily.time().toString());
            }
            case Schedule.Every every -> {
                json.writeStringProperty("is", "every");
                json.writeStringProperty("length", every.length().toString());
            }
            case Schedule.Cron cron -> {
                json.writeStringProperty("is", "cron");
                texts(json, "expressions", cron.expressions());
            }
            case Schedule.CronTrigger trigger -> {
                json.writeStringProperty("is", "cron_trigger");
                texts(json, "expressions", trigger.expressions());
            }
            case Schedule.BusinessDays days -> {
                json.writeStringProperty("is", "business_days");
                json.writeStringProperty("time", days.time().toString());
                texts(json, "weekend", new TreeSet<>(days.weekend()));
                texts(json, "holidays", days.holidays());
            }
            case Schedule.Events events -> {
                json.writeStringProperty("is", "events");
                Json.objects(
                        json, "intervals", events.intervals(), each -> Json.interval(json, each));
            }
            case Schedule.Continuous _ -> json.writeStringProperty("is", "continuous");
            case Schedule.Once _ -> json.writeStringProperty("is", "once");
            case Schedule.OnDemand _ -> json.writeStringProperty("is", "on_demand");
        }
        json.writeStringProperty("zone", schedule.zone().getId());
    }

    static Schedule read(JsonObject json) {
        String is = json.text("is");
        ZoneId zone = ZoneId.of(json.text("zone"));
        return switch (is) {
            case "daily" -> new Schedule.Daily(LocalTime.parse(json.text("time")), zone);
            case "every" -> new Schedule.Every(Duration.parse(json.text("length")), zone);
            case "cron" -> new Schedule.Cron(expressions(json), zone);
            case "cron_trigger" -> new Schedule.CronTrigger(expressions(json), zone);
            case "business_days" ->
                    new Schedule.BusinessDays(
                            LocalTime.parse(json.text("time")),
                            json.texts("weekend").stream()
                                    .map(DayOfWeek::valueOf)
                                    .collect(Collectors.toSet()),
                            json.texts("holidays").stream()
                                    .map(LocalDate::parse)
                                    .collect(Collectors.toCollection(TreeSet::new)),
                            zone);
            case "events" ->
                    new Schedule.Events(
                            json.objects("intervals").stream().map(JsonObject::interval).toList(),
                            zone);
            case "continuous" -> new Schedule.Continuous(zone);
            case "once" -> new Schedule.Once(zone);
            case "on_demand" -> new Schedule.OnDemand(zone);
            default -> throw JsonObject.unknownKind("schedule", is);
        };
    }

    private static List<CronExpression> expressions(JsonObject json) {
        return json.texts("expressions").stream().map(CronExpression::parse).toList();
    }

    private static void texts(JsonGenerator json, String name, Collection<?> values) {
        Json.texts(json, name, values.stream().map(Object::toString).toList());
    }
}
