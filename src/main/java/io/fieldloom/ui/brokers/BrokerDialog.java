package io.fieldloom.ui.brokers;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Defaults;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Adds a broker to the project, or changes one; everything is one step of undo. */
final class BrokerDialog {
    private static final double WIDTH = 560;

    private final UiKit kit;
    private final BrokerServices services;
    private final Broker before;
    private final BrokerForm form;
    private final DialogPane dialog;
    private final Label result = Dialogs.text("");
    private int asked;
    private int looked;

    /**
     * @param before the broker to change, or null to add one
     */
    BrokerDialog(UiKit kit, BrokerServices services, Broker before) {
        this.kit = kit;
        this.services = services;
        this.before = before;
        Project project = services.project();
        Broker start = before == null ? Broker.of("", "mqtt://") : before;
        boolean isDefault = before == null || project.defaults().broker().equals(before.name());
        form =
                new BrokerForm(
                        start,
                        isDefault,
                        services.folder().orElse(null),
                        name -> isTaken(project, name));
        form.onLogin(this::lookForPassword);
        lookForPassword();
        result.setVisible(false);
        result.setManaged(false);
        VBox content = new VBox(10, form.node(), result);
        dialog =
                new DialogPane(before == null ? "Add a broker" : "Broker " + before.name(), content)
                        .width(WIDTH)
                        .keepsRoomForWords();
        Button test = dialog.button("Test connection", this::test);
        test.disableProperty().bind(form.wrongProperty());
        dialog.cancelButton("Cancel");
        dialog.actionButton(before == null ? "Add broker" : "Save broker", this::save)
                .disableProperty()
                .bind(form.wrongProperty());
        dialog.focusFirst(form.firstField());
    }

    void show() {
        kit.dialogs().show(dialog);
    }

    private boolean isTaken(Project project, String name) {
        boolean own = before != null && before.name().equals(name);
        return !own && (name.equals(Broker.EMBEDDED) || project.brokers().containsKey(name));
    }

    private void lookForPassword() {
        int mine = ++looked;
        Optional<BrokerUrl> url = form.address();
        String user = form.user();
        if (url.isEmpty() || user == null) {
            form.known(false);
            return;
        }
        kit.tasks()
                .run(
                        "Looking for a password",
                        progress -> services.knowsPassword(url.get(), user),
                        known -> {
                            if (mine == looked) {
                                form.known(known);
                            }
                        });
    }

    private void test() {
        int mine = ++asked;
        Broker broker = form.broker();
        say("Connecting to " + form.url().text() + "…", Tone.DIM);
        kit.tasks()
                .follow(
                        "Testing " + broker.name(),
                        services.test(broker, form.password()),
                        words -> answer(mine, words, Tone.OK),
                        failure ->
                                answer(mine, new UiTasks.Failure("", failure).words(), Tone.BAD));
    }

    /** An answer to an earlier question than the newest is of no use. */
    private void answer(int question, String words, Tone tone) {
        if (question == asked) {
            say(words, tone);
        }
    }

    private void say(String words, Tone tone) {
        result.setText(words);
        tone.paint(result);
        result.setVisible(true);
        result.setManaged(true);
    }

    private void save() {
        Broker broker = form.broker();
        char[] password = form.password();
        Edit edit = edit(services.project(), broker);
        if (password == null) {
            apply(edit);
            return;
        }
        // first, for the edit makes whoever uses the broker log in again
        boolean remember = form.remembers();
        kit.tasks()
                .run(
                        "Keeping the password of " + broker.name(),
                        progress -> {
                            services.keepPassword(form.url(), broker.user(), password, remember);
                            return null;
                        },
                        done -> apply(edit));
    }

    private void apply(Edit edit) {
        try {
            services.apply(edit);
        } catch (EditRefused refused) {
            kit.notifications().fail(refused.getMessage());
        }
    }

    private Edit edit(Project project, Broker broker) {
        List<Edit> steps = new ArrayList<>();
        if (before != null && !before.name().equals(broker.name())) {
            steps.add(new Edit.RenameBroker(before.name(), broker.name()));
        }
        steps.add(new Edit.PutBroker(broker));
        Defaults defaults = project.defaults();
        String now = before == null ? null : before.name();
        boolean wasDefault = defaults.broker().equals(now);
        if (form.isDefault()) {
            steps.add(new Edit.SetDefaults(defaults.withBroker(broker.name())));
        } else if (wasDefault) {
            steps.add(new Edit.SetDefaults(defaults.withBroker(Broker.EMBEDDED)));
        }
        return new Edit.Batch(
                (before == null ? "Add broker " : "Change broker ") + broker.name(), steps);
    }
}
