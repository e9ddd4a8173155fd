package io.fieldloom.ui.chart;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.History.Aggregate;
import io.fieldloom.engine.device.History.Kept;
import io.fieldloom.engine.device.History.Range;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;

/**
 * What is asked of a server's history: which time, and the recorded values or what the server
 * calculates of them. FX thread only.
 */
final class PastQuery extends HBox {
    /** What is asked for when nothing is calculated. */
    static final String RECORDED = "as recorded";

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter TYPED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm[:ss]");
    private static final double DATE_WIDTH = 124;
    private static final double VALUES_WIDTH = 106;
    private static final List<Back> TIMES =
            List.of(
                    new Back("last 10 min", Duration.ofMinutes(10)),
                    new Back("last hour", Duration.ofHours(1)),
                    new Back("last 8 h", Duration.ofHours(8)),
                    new Back("last day", Duration.ofDays(1)),
                    new Back("last week", Duration.ofDays(7)),
                    new Back("from – to", null));

    private final ComboBox<Back> time = new ComboBox<>();
    private final TextField from = new TextField();
    private final TextField to = new TextField();
    private final ComboBox<Aggregate> what = new ComboBox<>();
    private final ComboBox<String> interval = new ComboBox<>();
    private final Button read = new Button("Read history");

    /** A time that ends now; null for one that is typed. */
    private record Back(String words, Duration length) {}

    PastQuery(Runnable ask) {
        time.getItems().setAll(TIMES);
        time.setConverter(shown(Back::words));
        time.setValue(TIMES.get(1));
        time.setAccessibleText("Time");
        time.valueProperty().addListener(observable -> fit());
        what.setConverter(
                shown(
                        one ->
                                one == null
                                        ? RECORDED
                                        : one.word().toLowerCase(java.util.Locale.ROOT)));
        what.setAccessibleText("Values");
        what.valueProperty().addListener(observable -> fit());
        Tip.set(what, "The recorded values, or what the server calculates of each interval");
        interval.getItems().setAll("1s", "10s", "1m", "5m", "1h");
        interval.setValue("1m");
        interval.setEditable(true);
        interval.setAccessibleText("Interval");
        interval.setPrefWidth(70);
        Tip.set(interval, "One calculated value for each such time: 500ms, 10s, 5m, 2h");
        LocalDateTime now = LocalDateTime.now();
        date(from, "From", now.minusDays(1));
        date(to, "To", now);
        read.getStyleClass().add("ghost");
        Tip.set(read, "Puts what the server recorded into chart and list");
        read.setOnAction(event -> ask.run());
        from.setOnAction(event -> read.fire());
        to.setOnAction(event -> read.fire());
        what.setPrefWidth(VALUES_WIDTH);
        time.setPrefWidth(VALUES_WIDTH);
        read.setMinWidth(Region.USE_PREF_SIZE);
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(6);
        fit();
    }

    private static void date(TextField field, String name, LocalDateTime value) {
        field.setText(LOCAL.format(value));
        field.setAccessibleText(name);
        field.setPromptText("2026-01-31 06:00");
        field.setPrefWidth(DATE_WIDTH);
        Tip.set(field, name + ", local time (" + ZoneId.systemDefault().getId() + ")");
    }

    private static <T> StringConverter<T> shown(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("it is chosen, not typed");
            }
        };
    }

    /** Offers what there is of a variable's past. */
    void offer(Kept kept) {
        List<Aggregate> all = new ArrayList<>();
        all.add(null);
        for (Aggregate each : Aggregate.values()) {
            if (kept.aggregates().contains(each)) {
                all.add(each);
            }
        }
        what.getItems().setAll(all);
        what.setValue(null);
        fit();
    }

    private void fit() {
        List<Node> shown = new ArrayList<>(List.of(time));
        if (time.getValue().length() == null) {
            shown.addAll(List.of(from, to));
        }
        if (what.getItems().size() > 1) {
            shown.add(what);
        }
        if (what.getValue() != null) {
            shown.add(interval);
        }
        shown.add(read);
        getChildren().setAll(shown);
    }

    void busy(boolean isBusy) {
        read.setDisable(isBusy);
    }

    /** What is calculated of each interval, or that nothing is. */
    String kind() {
        return what.getValue() == null ? RECORDED : what.getValue().word();
    }

    /** The interval of what is calculated, else the empty text. */
    String interval() {
        return what.getValue() == null ? "" : interval.getEditor().getText().strip();
    }

    /** Whether the answer goes on into what is seen live: recorded values up to now. */
    boolean endsNow() {
        return what.getValue() == null && time.getValue().length() != null;
    }

    /** Whether the answer is in the device's unit, so that a tag's scale goes for it. */
    boolean hasUnit() {
        return what.getValue() != Aggregate.COUNT;
    }

    /** {@code of the last hour}. */
    private String words() {
        return time.getValue().length() != null
                ? "of the " + time.getValue().words()
                : "of this time";
    }

    /** Asks it; what was typed wrongly is malformed. */
    CompletableFuture<History.Past> ask(History history, String address, int most) {
        Range range = range();
        if (what.getValue() == null) {
            return history.read(address, range, most);
        }
        Duration each = Durations.parse(interval.getEditor().getText().strip());
        if (each.isZero()) {
            throw new MalformedException("the interval must be longer than nothing");
        }
        return history.processed(address, range, what.getValue(), each, most);
    }

    private Range range() {
        Duration length = time.getValue().length();
        if (length != null) {
            Instant now = Instant.now();
            return new Range(now.minus(length), now);
        }
        Instant begin = instant(from);
        Instant end = instant(to);
        if (!begin.isBefore(end)) {
            throw new MalformedException("the time must begin before it ends");
        }
        return new Range(begin, end);
    }

    private static Instant instant(TextField field) {
        try {
            return LocalDateTime.parse(field.getText().strip(), TYPED)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new MalformedException(
                    "'" + field.getText() + "' is no time; write it as 2026-01-31 06:00");
        }
    }

    /** How much was found, and what it is. */
    String found(History.Past past) {
        String how = what.getValue() == null ? "" : " (" + kind() + ", " + interval() + ")";
        if (past.samples().isEmpty()) {
            return "The server recorded nothing " + words() + ".";
        }
        String count = Presentation.count(past.samples().size(), "value", "values");
        return past.complete()
                ? count + how + " " + words()
                : "The newest " + count + how + " " + words() + "; there are more.";
    }
}
