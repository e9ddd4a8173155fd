package io.fieldloom.app.window;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.workbench.CommandIds;

/** Run and stop. FX thread only. */
final class MappingCommands {
    private final UiKit kit;
    private final Session session;

    MappingCommands(UiKit kit, Session session) {
        this.kit = kit;
        this.session = session;
    }

    void register() {
        kit.commands()
                .add(
                        Command.named(CommandIds.RUN, "Mappings", "Run mappings")
                                .icon(Icon.PLAY)
                                .key("F5")
                                .when(() -> is(OpenProject.Mappings.STOPPED))
                                .does(session::runMappings));
        kit.commands()
                .add(
                        Command.named(CommandIds.STOP, "Mappings", "Stop mappings")
                                .icon(Icon.STOP)
                                .key("Shift+F5")
                                .when(
                                        () ->
                                                is(OpenProject.Mappings.RUNNING)
                                                        || is(OpenProject.Mappings.STARTING))
                                .does(session::stopMappings));
    }

    private boolean is(OpenProject.Mappings state) {
        return session.project() != null
                && !session.project().editor().readOnly()
                && session.project().mappings() == state;
    }
}
