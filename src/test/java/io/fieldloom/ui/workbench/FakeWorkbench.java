package io.fieldloom.ui.workbench;

import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program around the window that does nothing but remember what it was asked. */
public final class FakeWorkbench implements WorkbenchModel {
    public final List<String> done = new ArrayList<>();
    public WorkbenchState.Mappings mappings = WorkbenchState.Mappings.STOPPED;
    public WorkbenchState.Saved saved = WorkbenchState.Saved.SAVED;
    public WorkbenchState.Lost lost = WorkbenchState.Lost.NOTHING;
    public List<WorkbenchState.Waiting> waiting = List.of();
    public List<String> armed = List.of();

    /** Registers the commands that a program would, each noting its id. */
    public void addCommands(CommandRegistry commands) {
        commands.add(command(CommandIds.OPEN, "Project", "Open…", Icon.FOLDER, "Shortcut+O"));
        commands.add(command(CommandIds.SAVE, "Project", "Save", Icon.SAVE, "Shortcut+S"));
        commands.add(command(CommandIds.UNDO, "Edit", "Undo", Icon.UNDO, "Shortcut+Z"));
        commands.add(command(CommandIds.REDO, "Edit", "Redo", Icon.REDO, "Shortcut+Shift+Z"));
        commands.add(command(CommandIds.RUN, "Mappings", "Run mappings", Icon.PLAY, "F5"));
        commands.add(command(CommandIds.STOP, "Mappings", "Stop mappings", Icon.STOP, "Shift+F5"));
    }

    private Command command(String id, String group, String title, Icon icon, String key) {
        return Command.named(id, group, title)
                .icon(icon)
                .key(key)
                .does(
                        () -> {
                            done.add(id);
                            if (id.equals(CommandIds.RUN)) {
                                mappings = WorkbenchState.Mappings.RUNNING;
                            }
                        });
    }

    @Override
    public WorkbenchState state() {
        return new WorkbenchState(
                "bottling-plant.fieldloom.yaml",
                saved,
                mappings,
                1_248,
                186,
                "Embedded broker",
                "127.0.0.1:1883",
                OutletState.Link.UP,
                "",
                3_412,
                431,
                lost,
                waiting,
                armed,
                Duration.ofMillis(12),
                142_000_000);
    }

    @Override
    public List<BrokerChoice> brokers() {
        return List.of(new BrokerChoice("embedded", "Embedded broker · 127.0.0.1:1883", true));
    }

    @Override
    public void chooseBroker(String name) {
        done.add("broker " + name);
    }

    @Override
    public List<SearchHit> search(String text, int most) {
        SearchHit server =
                new SearchHit(Icon.SEARCH, "Search filler", "", () -> done.add("search"), true);
        return "temperature".contains(text)
                ? List.of(
                        new SearchHit(
                                Icon.MAP,
                                "temperature",
                                "acme/prague/bottling/line-1/filler-01",
                                () -> done.add("hit")),
                        server)
                : List.of(server);
    }
}
