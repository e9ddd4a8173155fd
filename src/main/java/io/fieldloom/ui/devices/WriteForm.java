package io.fieldloom.ui.devices;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WholeRange;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Writes one value: shows what is there, checks the new one against the type as it is typed, and
 * reads back what came of it. Only for an armed device.
 */
final class WriteForm {
    private static final Duration TYPING = Duration.millis(300);

    private final DevicesServices services;
    private final DeviceLink link;
    private final TreeRow.OfNode node;
    private final TagSpec tag;
    private final Optional<WholeRange> range;
    private final GuardedWrite guard;
    private final TextField wanted = new TextField();
    private final Label now = new Label();
    private final Label result = Form.message();
    private final PauseTransition pause = new PauseTransition(TYPING);
    private Button write;
    private GuardedWrite.Proposal proposal;
    private long asked;
    private boolean goesOn;

    WriteForm(DevicesServices services, DeviceLink link, TreeRow.OfNode node) {
        this.services = services;
        this.link = link;
        this.node = node;
        Device device = services.project().get().devices().get(node.device());
        TagSpec plain = TagSpec.of(node.name(), node.item().address());
        tag = device == null ? plain : device.tag(node.item().tag()).orElse(plain);
        range = WholeRange.of(tag);
        guard = GuardedWrite.over(link, services.audit(), services.pool(), Clock.systemUTC());
    }

    void show() {
        now.getStyleClass().add("mono");
        now.setWrapText(true);
        if (node.sample() == null) {
            readNow();
        } else {
            showNow(node.sample());
        }
        wanted.setAccessibleText("New value");
        Form form = new Form();
        form.text("Device", node.device(), false);
        form.text("Address", node.item().address(), true);
        form.text("Type", node.item().type() == null ? "not known" : node.item().type(), true);
        form.line("Value now", now);
        range.ifPresent(
                whole -> form.text("Takes", (whole.words(tag) + " " + unit()).strip(), true));
        form.line(unit().isEmpty() ? "New value" : "New value, " + unit(), wanted);
        DialogPane dialog = new DialogPane("Write to " + node.name(), new VBox(12, form, result));
        dialog.cancelButton("Close");
        write = dialog.stayingDangerButton("Write", this::write);
        write.setDisable(true);
        dialog.focusFirst(wanted);
        pause.setOnFinished(event -> propose());
        wanted.textProperty().addListener(observable -> typed());
        wanted.setOnAction(event -> entered());
        services.kit().dialogs().show(dialog);
    }

    private String unit() {
        return node.unit() == null ? "" : node.unit();
    }

    /** What is not on screen in Devices is read once. */
    private void readNow() {
        services.kit()
                .tasks()
                .follow(
                        "Read " + node.name(),
                        link.read(List.of(node.item().address())),
                        samples -> {
                            Sample raw = samples.get(0);
                            if (now.getText().isEmpty()) {
                                showNow(raw.withValue(tag.own(raw.value())));
                            }
                        },
                        failure -> Form.say(result, Tone.BAD, words(failure)));
    }

    private void showNow(Sample own) {
        String status = own.status().isGood() ? "" : "  " + own.status().name();
        now.setText(Presentation.exact(own.value(), node.unit()) + status);
        Presentation.status(own.status()).paint(now);
    }

    private void typed() {
        proposal = null;
        goesOn = false;
        asked++;
        write.setDisable(true);
        write.setText("Write");
        result.setText("");
        if (wanted.getText().isBlank()) {
            pause.stop();
        } else {
            pause.playFromStart();
        }
    }

    /** Enter checks the value at once and goes on to the button, which a second Enter presses. */
    private void entered() {
        goesOn = true;
        if (proposal != null) {
            write.requestFocus();
        } else if (!wanted.getText().isBlank()) {
            pause.stop();
            propose();
        }
    }

    private void propose() {
        long question = asked;
        String raw = wanted.getText().strip();
        if (tag.isScaled()) {
            BigDecimal number;
            try {
                number = raw(new BigDecimal(raw));
            } catch (NumberFormatException e) {
                Form.say(
                        result,
                        Tone.BAD,
                        "'" + raw + "' is not a number. Write it with a point, such as 42.5");
                return;
            }
            Optional<String> fault = range.flatMap(whole -> whole.fault(number, tag));
            if (fault.isPresent()) {
                Form.say(result, Tone.BAD, fault.get() + ".");
                return;
            }
            raw = number.stripTrailingZeros().toPlainString();
        }
        services.kit()
                .tasks()
                .follow(
                        "Check the value for " + node.name(),
                        guard.propose(node.item().address(), raw),
                        made -> proposed(question, made),
                        failure -> refused(question, failure));
    }

    /** The number for the device: a scaled tag's own value is calculated back. */
    private BigDecimal raw(BigDecimal own) {
        return own.subtract(tag.offset()).divide(tag.scale(), MathContext.DECIMAL64);
    }

    private void proposed(long question, GuardedWrite.Proposal made) {
        if (question != asked) {
            return;
        }
        proposal = made;
        showNow(made.before().withValue(tag.own(made.before().value())));
        String shown = Presentation.exact(tag.own(made.wanted()));
        write.setText("Write " + shown + " to " + node.name());
        write.setDisable(false);
        if (goesOn) {
            write.requestFocus();
        }
        if (!made.outside().isEmpty()) {
            Form.say(result, Tone.WARN, DeviceWords.outside(made));
        } else if (tag.isScaled()) {
            Form.say(
                    result,
                    Tone.DIM,
                    "The device gets the raw value " + Presentation.exact(made.wanted()) + ".");
        }
    }

    private void refused(long question, Throwable failure) {
        if (question == asked) {
            Form.say(result, Tone.BAD, words(failure));
        }
    }

    private static String words(Throwable failure) {
        return failure instanceof DeviceException why
                ? why.getMessage() + ". " + why.advice()
                : String.valueOf(failure.getMessage());
    }

    private void write() {
        if (proposal == null || !services.armed().isArmed(node.device())) {
            Form.say(result, Tone.BAD, node.device() + " is not armed any more.");
            return;
        }
        write.setDisable(true);
        Form.say(result, Tone.DIM, "Writing…");
        services.kit()
                .tasks()
                .follow(
                        "Write to " + node.name(),
                        guard.carryOut(proposal),
                        this::written,
                        this::notWritten);
    }

    private void notWritten(Throwable failure) {
        Form.say(result, Tone.BAD, "Nothing was written: " + words(failure));
        write.setDisable(proposal == null);
    }

    private void written(GuardedWrite.Outcome outcome) {
        proposal = null;
        wanted.requestFocus();
        wanted.selectAll();
        showNow(outcome.readBack().withValue(tag.own(outcome.readBack().value())));
        String how = outcome.how() == null ? "" : " (" + outcome.how() + ")";
        String back = Presentation.exact(tag.own(outcome.readBack().value()), node.unit());
        String status = outcome.status().name();
        switch (outcome.verdict()) {
            case CONFIRMED ->
                    Form.say(result, Tone.OK, status + how + ". It reads back " + back + ".");
            case DIFFERENT ->
                    Form.say(
                            result,
                            Tone.WARN,
                            "The device took it"
                                    + how
                                    + ", but reads back "
                                    + back
                                    + ". Something else may be writing it too, or it limits the"
                                    + " value.");
            case UNREAD ->
                    Form.say(
                            result,
                            Tone.WARN,
                            "The device took it"
                                    + how
                                    + ", but cannot be read back ("
                                    + outcome.readBack().status().name()
                                    + ").");
            case REFUSED ->
                    Form.say(
                            result,
                            Tone.BAD,
                            "The device refused: " + status + how + ". It reads " + back + ".");
            case ARRIVED ->
                    Form.say(
                            result,
                            Tone.WARN,
                            "No answer came ("
                                    + status
                                    + "), but it reads back "
                                    + back
                                    + ": it has arrived.");
            case UNKNOWN ->
                    Form.say(
                            result,
                            Tone.BAD,
                            "No answer came ("
                                    + status
                                    + "): it may or may not have been written. Look at the value"
                                    + " before you write again.");
        }
    }
}
