package io.fieldloom.ui.brokers;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;

/**
 * What can be done with the project's brokers, beside the selector in the toolbar: add one, change
 * or remove the one that is chosen there. FX thread only.
 */
public final class BrokerCommands {
    private final UiKit kit;
    private final BrokerServices services;

    public BrokerCommands(UiKit kit, BrokerServices services) {
        this.kit = kit;
        this.services = services;
    }

    public void register() {
        kit.commands()
                .add(
                        Command.named("broker.add", "Broker", "Add broker…")
                                .icon(Icon.ADD)
                                .does(() -> new BrokerDialog(kit, services, null).show()));
        kit.commands()
                .add(
                        Command.named("broker.edit", "Broker", "Edit broker…")
                                .icon(Icon.EDIT)
                                .when(() -> chosen() != null)
                                .does(() -> new BrokerDialog(kit, services, chosen()).show()));
        kit.commands()
                .add(
                        Command.named("broker.remove", "Broker", "Remove broker")
                                .icon(Icon.TRASH)
                                .when(() -> chosen() != null)
                                .does(this::remove));
    }

    /** The broker that the selector shows, where the project lists it; else null. */
    private Broker chosen() {
        Project project = services.project();
        String name = project.defaults().broker();
        return name.equals(Broker.EMBEDDED) ? null : project.brokers().get(name);
    }

    /** Undo brings it back, so it is not asked for. */
    private void remove() {
        Project project = services.project();
        String name = chosen().name();
        try {
            services.apply(
                    new Edit.Batch(
                            "Remove broker " + name,
                            List.of(
                                    new Edit.SetDefaults(
                                            project.defaults().withBroker(Broker.EMBEDDED)),
                                    new Edit.RemoveBroker(name))));
            kit.notifications().tell("Removed broker " + name + "; undo brings it back.");
        } catch (EditRefused refused) {
            kit.notifications().fail(refused.getMessage());
        }
    }
}
