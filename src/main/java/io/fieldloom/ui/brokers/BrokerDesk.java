package io.fieldloom.ui.brokers;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.UiKit;
import java.util.ArrayList;
import java.util.List;

/**
 * The brokers of the project, for the selector in the toolbar: which there are, which one the
 * mappings use, and the dialogs that add and change them. FX thread only.
 */
public final class BrokerDesk {
    private final UiKit kit;
    private final BrokerServices services;
    private final PublishGuard guard;

    /** Adds its commands to the window's. */
    public BrokerDesk(UiKit kit, BrokerServices services, PublishGuard guard) {
        this.kit = kit;
        this.services = services;
        this.guard = guard;
        kit.commands()
                .add(
                        Command.named("broker.add", "Broker", "Add broker…")
                                .icon(Icon.ADD)
                                .does(() -> new BrokerDialog(kit, services, null).show()));
        kit.commands()
                .add(
                        Command.named("broker.edit", "Broker", "Edit broker…")
                                .icon(Icon.EDIT)
                                .when(this::isOwn)
                                .does(() -> new BrokerDialog(kit, services, current()).show()));
        kit.commands()
                .add(
                        Command.named("broker.remove", "Broker", "Remove broker")
                                .icon(Icon.TRASH)
                                .when(this::isOwn)
                                .does(this::remove));
    }

    /**
     * One line of the selector.
     *
     * @param name its name in the project
     * @param title as a person reads it, with its address
     * @param chosen whether the project's mappings go there
     */
    public record Choice(String name, String title, boolean chosen) {}

    /** The embedded broker, then those of the project. */
    public List<Choice> choices() {
        Project project = services.project();
        String standard = project.defaults().broker();
        List<Choice> choices = new ArrayList<>();
        if (!project.brokers().containsKey(Broker.EMBEDDED)) {
            choices.add(choice(Broker.EMBEDDED, standard));
        }
        project.brokers().keySet().forEach(name -> choices.add(choice(name, standard)));
        return choices;
    }

    private Choice choice(String name, String standard) {
        return new Choice(name, title(name) + " · " + address(name), name.equals(standard));
    }

    /** What a broker is called. */
    public String title(String name) {
        return name.equals(Broker.EMBEDDED) ? "Embedded broker" : name;
    }

    /** Host and port of a broker. */
    public String address(String name) {
        Broker broker = services.project().brokers().get(name);
        if (broker == null) {
            return services.embedded().map(url -> url.host() + ":" + url.port()).orElse("starting");
        }
        try {
            BrokerUrl url = BrokerUrl.parse(broker.url());
            return url.host() + ":" + url.port();
        } catch (MalformedException e) {
            return broker.url(); // said in Problems
        }
    }

    /**
     * Lets the project's mappings go to a broker; one of somebody else is only watched at first.
     */
    public void choose(String name) {
        Project project = services.project();
        if (project.defaults().broker().equals(name)) {
            return;
        }
        apply(
                new Edit.Batch(
                        "Use broker " + title(name),
                        List.of(new Edit.SetDefaults(project.defaults().withBroker(name)))));
        Broker broker = project.brokers().get(name);
        if (broker != null && !guard.isOpen(BrokerUrl.parse(broker.url()))) {
            kit.notifications()
                    .tell(name + " is only watched until you run mappings or publish there.");
        }
    }

    private boolean isOwn() {
        return current() != null;
    }

    /** The broker that the selector shows, where the project lists it. */
    private Broker current() {
        Project project = services.project();
        String name = project.defaults().broker();
        return name.equals(Broker.EMBEDDED) ? null : project.brokers().get(name);
    }

    private void remove() {
        Project project = services.project();
        String name = current().name();
        apply(
                new Edit.Batch(
                        "Remove broker " + name,
                        List.of(
                                new Edit.SetDefaults(
                                        project.defaults().withBroker(Broker.EMBEDDED)),
                                new Edit.RemoveBroker(name))));
    }

    private void apply(Edit edit) {
        try {
            services.apply(edit);
        } catch (EditRefused refused) {
            kit.notifications().fail(refused.getMessage());
        }
    }
}
