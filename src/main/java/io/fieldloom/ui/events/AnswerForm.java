package io.fieldloom.ui.events;

import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.GuardedAnswer;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Answers alarms with a remark, one after the other. Only for an armed device. FX thread only. */
final class AnswerForm {
    private static final int MOST_NAMED = 8;

    private final EventsServices services;
    private final String device;
    private final List<Event> alarms;
    private final Answer answer;
    private final GuardedAnswer guard;
    private final TextField comment = new TextField();
    private final Label result = new Label();
    private final List<String> refused = new ArrayList<>();
    private DialogPane dialog;
    private Button send;
    private Button close;

    /**
     * @param alarms those that wait for this answer
     */
    AnswerForm(
            EventsServices services,
            String device,
            DeviceLink link,
            List<Event> alarms,
            Answer answer) {
        this.services = services;
        this.device = device;
        this.alarms = List.copyOf(alarms);
        this.answer = answer;
        guard = GuardedAnswer.over(link, services.audit(), services.pool(), Clock.systemUTC());
    }

    void show() {
        String what =
                alarms.size() == 1
                        ? alarms.get(0).source()
                        : Presentation.count(alarms.size(), "alarm", "alarms");
        Label named = new Label(names());
        named.setWrapText(true);
        Label label = new Label("Comment, kept by the device and in the audit log");
        label.getStyleClass().add("dim");
        label.setLabelFor(comment);
        comment.setAccessibleText("Comment");
        result.setWrapText(true);
        result.managedProperty().bind(result.textProperty().isNotEmpty());
        dialog =
                new DialogPane(
                        AnswerWords.title(answer) + " " + what + " on " + device,
                        new VBox(8, named, label, comment, result));
        close = dialog.cancelButton("Cancel");
        send = dialog.stayingDangerButton(AnswerWords.title(answer), this::send);
        dialog.focusFirst(comment);
        if (answer == Answer.COMMENT) {
            send.disableProperty().bind(comment.textProperty().isEmpty());
        }
        services.kit().dialogs().show(dialog);
    }

    private String names() {
        String some =
                alarms.stream()
                        .limit(MOST_NAMED)
                        .map(
                                alarm ->
                                        alarm.source()
                                                + ": "
                                                + alarm.message()
                                                + "  ("
                                                + alarm.condition().words()
                                                + ")")
                        .collect(Collectors.joining("\n"));
        return alarms.size() > MOST_NAMED
                ? some + "\nand " + (alarms.size() - MOST_NAMED) + " more"
                : some;
    }

    private void send() {
        if (!services.armed().isArmed(device)) {
            say(Tone.BAD, device + " is not armed any more.");
            return;
        }
        send.disableProperty().unbind();
        send.setDisable(true);
        comment.setDisable(true);
        send(0);
    }

    private void send(int at) {
        if (at == alarms.size()) {
            ended();
            return;
        }
        say(Tone.DIM, alarms.size() == 1 ? "Sending…" : (at + 1) + " of " + alarms.size() + "…");
        Event alarm = alarms.get(at);
        services.kit()
                .tasks()
                .follow(
                        AnswerWords.title(answer) + " " + alarm.source(),
                        guard.send(alarm, answer, comment.getText().strip()),
                        status -> answered(at, status),
                        failure -> failed(alarm, failure));
    }

    private void answered(int at, Status status) {
        if (status.isBad()) {
            refused.add(alarms.get(at).source() + ": " + status.name());
        }
        send(at + 1);
    }

    private void ended() {
        int done = alarms.size() - refused.size();
        String words =
                alarms.size() == 1
                        ? Presentation.sentence(AnswerWords.past(answer))
                                + " "
                                + alarms.get(0).source()
                        : Presentation.count(done, "alarm", "alarms")
                                + " "
                                + AnswerWords.past(answer);
        if (refused.isEmpty()) {
            if (dialog.isShown()) {
                dialog.close();
            }
            services.kit().notifications().tell(words + " on " + device);
            return;
        }
        close.setText("Close");
        close.requestFocus();
        String which = String.join("\n", refused.subList(0, Math.min(MOST_NAMED, refused.size())));
        say(
                Tone.BAD,
                (done == 0 ? "" : words + ". ")
                        + device
                        + " refused:\n"
                        + which
                        + "\nSomebody else may have answered first; Refresh in the Events tab"
                        + " asks for the alarms as they stand.");
    }

    /** After a lost connection or an audit log that cannot be written the rest would fail too. */
    private void failed(Event alarm, Throwable failure) {
        close.setText("Close");
        say(
                Tone.BAD,
                alarm.source()
                        + ": "
                        + new UiTasks.Failure(AnswerWords.title(answer), failure).words());
    }

    private void say(Tone tone, String words) {
        result.setText(words);
        tone.paint(result);
    }
}
