package io.fieldloom.app.window;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Section;
import io.fieldloom.domain.project.Touched;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.payload.PayloadDecoder;
import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.ui.brokers.BrokerCommands;
import io.fieldloom.ui.chart.ChartServices;
import io.fieldloom.ui.chart.ChartView;
import io.fieldloom.ui.chart.HistoryView;
import io.fieldloom.ui.devices.DevicesServices;
import io.fieldloom.ui.devices.DevicesView;
import io.fieldloom.ui.events.EventsServices;
import io.fieldloom.ui.events.EventsView;
import io.fieldloom.ui.frames.FramesView;
import io.fieldloom.ui.kit.Charts;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.log.LogMemory;
import io.fieldloom.ui.log.LogView;
import io.fieldloom.ui.namespace.NamespaceServices;
import io.fieldloom.ui.namespace.NamespaceView;
import io.fieldloom.ui.node.NodeSearchDialog;
import io.fieldloom.ui.node.NodeServices;
import io.fieldloom.ui.node.NodeView;
import io.fieldloom.ui.problems.ProblemsView;
import io.fieldloom.ui.publish.PublishView;
import io.fieldloom.ui.registers.RegistersServices;
import io.fieldloom.ui.registers.RegistersView;
import io.fieldloom.ui.simulators.SimulatorsView;
import io.fieldloom.ui.traffic.TrafficView;
import io.fieldloom.ui.watch.WatchServices;
import io.fieldloom.ui.watch.WatchView;
import io.fieldloom.ui.welcome.WelcomeCard;
import io.fieldloom.ui.welcome.WelcomeStep;
import io.fieldloom.ui.workbench.Tab;
import io.fieldloom.ui.workbench.WorkbenchWindow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleConsumer;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Makes the features of an open project and puts them in the window. FX thread only. */
final class Features {
    private static final String TRAFFIC = "traffic.detail";
    private static final String CHART = "chart.plot";
    private static final String HISTORY = "history.plot";
    private static final String WINDOW = "window";

    private final UiKit kit;
    private final Session session;
    private final OpenProject open;
    private final Parts parts;
    private final LogMemory log;
    private final SettingsFile settings;
    private final ScheduledExecutorService pool;
    private DevicesView devices;
    private NamespaceView namespace;
    private TrafficView traffic;
    private WatchView watch;
    private NodeView details;
    private RegistersView registers;
    private EventsView events;
    private ChartView chart;
    private HistoryView history;
    private WorkbenchWindow window;

    Features(
            UiKit kit,
            Session session,
            OpenProject open,
            Parts parts,
            LogMemory log,
            SettingsFile settings,
            ScheduledExecutorService pool) {
        this.kit = kit;
        this.session = session;
        this.open = open;
        this.parts = parts;
        this.log = log;
        this.settings = settings;
        this.pool = pool;
    }

    void fill(WorkbenchWindow frame, boolean isDemo) {
        window = frame;
        devices = devices();
        namespace = namespace();
        new BrokerCommands(kit, new WindowBrokerServices(open, open.passwords(), pool)).register();
        ProblemsView problems =
                new ProblemsView(
                        kit,
                        open::editor,
                        open.lint(),
                        open.plant().mappings(),
                        new WindowTroubles(open, devices.tree(), devices::decide)::now,
                        this::goTo);
        SimulatorsView simulators =
                new SimulatorsView(
                        kit,
                        this::project,
                        open.plant().simulators(),
                        new Simulators(open.plant()));
        PublishView publish = new PublishView(kit, session.guard(), new WindowPublishDesk(open));
        traffic = traffic(window, publish);
        details = details();
        watch = watch();
        events = events();
        chart = new ChartView(chartServices(), share(CHART, ChartView.SHARE), remembers(CHART));
        history =
                new HistoryView(
                        chartServices(), share(HISTORY, HistoryView.SHARE), remembers(HISTORY));
        LogView logView = new LogView(kit, log);
        window.fill(
                isDemo && !settings.get().welcomed() ? welcomed(devices.node()) : devices.node(),
                namespace.node(),
                traffic.node(),
                List.of(
                        new Tab("problems", "Problems", problems::badge, 0, () -> problems),
                        new Tab("details", "Details", () -> "", 180, () -> details),
                        new Tab("watch", "Watch", watch::badge, 196, () -> watch),
                        new Tab("chart", "Chart", chart::badge, 180, () -> chart),
                        new Tab("history", "History", () -> "", 180, () -> history),
                        new Tab("events", "Events", events::badge, 196, () -> events),
                        new Tab("registers", "Registers", () -> "", 230, this::registers),
                        new Tab("frames", "Frames", () -> "", 180, this::frames),
                        new Tab("simulators", "Simulators", simulators::badge, 0, () -> simulators),
                        new Tab("publish", "Publish", () -> "", 196, () -> publish),
                        new Tab("log", "Log", logView::badge, 0, () -> logView)));
        window.divide(
                settings.get().sizes().getOrDefault(WINDOW, List.of()),
                shares -> settings.update(now -> now.withSizes(WINDOW, shares)));
        open.editor().addListener(devices::apply);
    }

    private Project project() {
        return open.editor().project();
    }

    private RegistersView registers() {
        registers =
                new RegistersView(
                        new RegistersServices(
                                kit,
                                this::project,
                                session.edits(),
                                open.plant().devices(),
                                this::chosenDevice,
                                devices::scan,
                                devices::write,
                                devices::requests));
        return registers;
    }

    private FramesView frames() {
        return new FramesView(kit, this::project, open.plant().devices(), this::chosenDevice);
    }

    /** Finds what the features show. Once they are made. */
    Finder finder() {
        return new Finder(
                this::project,
                devices.tree(),
                open.traffic().store()::find,
                open.lint(),
                new Finder.Ways(devices::reveal, this::goTo, traffic::reveal, new Servers()));
    }

    /** The newcomer's card below a column; it goes for good when it is closed. */
    private Node welcomed(Node column) {
        Map<WelcomeStep, Command> shortcuts = new EnumMap<>(WelcomeStep.class);
        kit.commands()
                .find("devices.add")
                .ifPresent(command -> shortcuts.put(WelcomeStep.DEVICE, command));
        WelcomeCard card =
                new WelcomeCard(shortcuts, () -> settings.update(all -> all.withWelcomed(true)));
        open.editor()
                .addListener(
                        change -> {
                            // What undo brings back was not done now.
                            if (open.editor().redoLabel().isEmpty()) {
                                kit.fx().execute(() -> card.done(WelcomeStep.doneBy(change)));
                            }
                        });
        traffic.onChosen(topic -> card.done(List.of(WelcomeStep.WATCH)));
        VBox.setVgrow(column, Priority.ALWAYS);
        VBox both = new VBox(column, card);
        both.heightProperty().addListener(any -> card.fit(both.getHeight()));
        return both;
    }

    private DevicesView devices() {
        return new DevicesView(
                new DevicesServices(
                        kit,
                        this::project,
                        open::folder,
                        session.edits(),
                        open.plant().devices(),
                        parts.drivers(),
                        parts.opcUa()::offers,
                        parts.certificate(),
                        parts.trust(),
                        open.passwords(),
                        open.armed(),
                        parts.audit(),
                        pool,
                        this::map,
                        (device, text) -> new Servers().search(device, text),
                        this::showRegisters,
                        tags -> watch.add(tags),
                        this::watchEvents,
                        new TagCharts()));
    }

    /** Brings a tab to the front for what is to be drawn in it. */
    private final class TagCharts implements Charts {
        @Override
        public void chart(List<DeviceItem> tags) {
            window.showTab("chart");
            chart.chart(tags);
        }

        @Override
        public void history(DeviceItem tag) {
            window.showTab("history");
            history.show(tag);
        }
    }

    private ChartServices chartServices() {
        return new ChartServices(
                kit,
                this::project,
                open.plant().devices(),
                devices::show,
                tag -> new TagCharts().history(tag));
    }

    private double share(String name, double usual) {
        List<Double> share = settings.get().sizes().getOrDefault(name, List.of());
        return share.isEmpty() ? usual : share.get(0);
    }

    private DoubleConsumer remembers(String name) {
        return part -> settings.update(now -> now.withSizes(name, List.of(part)));
    }

    private EventsView events() {
        return new EventsView(
                new EventsServices(
                        kit,
                        this::project,
                        open.plant().devices(),
                        this::chosenDevice,
                        open.armed(),
                        parts.audit(),
                        pool,
                        devices::find));
    }

    private void watchEvents(DeviceItem notifier) {
        window.showTab("events");
        events.watch(notifier);
    }

    private void showRegisters(TagRef from) {
        window.showTab("registers");
        registers.show(from);
    }

    private NamespaceView namespace() {
        return new NamespaceView(
                new NamespaceServices(
                        kit,
                        open.editor(),
                        session.edits(),
                        open.plant().mappings(),
                        open.lint(),
                        open.plant().devices(),
                        new Transforms(),
                        devices::show,
                        this::isBrokerAway,
                        this::isRetained,
                        (broker, topics) -> traffic.clearRetained(broker, topics)));
    }

    private Optional<String> chosenDevice() {
        return Optional.ofNullable(devices.chosen()).map(TreeRow::device);
    }

    private NodeView details() {
        return new NodeView(
                new NodeServices(
                        kit,
                        this::project,
                        devices::chosen,
                        open.plant().devices(),
                        device ->
                                open.plant()
                                        .devices()
                                        .link(device)
                                        .flatMap(link -> link.capability(NodeDetails.class)),
                        devices::find));
    }

    private TrafficView traffic(WorkbenchWindow window, PublishView publish) {
        TrafficView view =
                new TrafficView(
                        kit,
                        new WindowTrafficDesk(
                                open,
                                namespace::reveal,
                                message -> publishLike(window, publish, message)),
                        session.guard());
        view.treeShare(share(TRAFFIC, TrafficView.TREE_SHARE), remembers(TRAFFIC));
        return view;
    }

    private static void publishLike(WorkbenchWindow window, PublishView publish, Message message) {
        window.showTab("publish");
        publish.fill(
                message.topic(),
                PayloadDecoder.text(message.payload()).orElse(""),
                message.qos(),
                message.retained());
    }

    private WatchView watch() {
        return new WatchView(
                new WatchServices(
                        kit,
                        this::project,
                        session.edits(),
                        open.plant().devices(),
                        devices::show,
                        () -> window.showTab("watch"),
                        new TagCharts(),
                        devices::map,
                        devices::write,
                        devices::writeOrShow));
    }

    private void map(Dragged tags) {
        namespace.map(tags);
    }

    private boolean isBrokerAway(Mapping mapping) {
        return open.plant()
                .outlets()
                .state(project().brokerOf(mapping))
                .filter(state -> state.link() == OutletState.Link.DOWN)
                .isPresent();
    }

    /**
     * What Fieldloom has left there, and which is still there as far as the broker is watched. What
     * somebody else keeps at a topic of the design is not ours to clear.
     */
    private boolean isRetained(String broker, String topic) {
        boolean gone =
                open.traffic().state().broker().equals(broker)
                        && !open.traffic()
                                .store()
                                .topic(topic)
                                .map(TopicView::retained)
                                .orElse(false);
        return !gone && open.plant().outlets().retained().has(broker, topic);
    }

    /** Chooses what a change is about, where it is shown. */
    void show(Change change) {
        if (isOfWatchList(change.touched())) {
            window.showTab("watch");
        } else if (change.touched().devices().isEmpty()) {
            namespace.show(change);
        } else {
            devices.show(change);
        }
    }

    private static boolean isOfWatchList(Touched touched) {
        return !touched.watch().isEmpty()
                && touched.topics().isEmpty()
                && touched.devices().isEmpty();
    }

    private void goTo(Location where) {
        if (where.section() == Section.DEVICES) {
            devices.reveal(where.key());
        } else if (where.section() == Section.MAPPINGS || where.section() == Section.LEVELS) {
            namespace.reveal(where.key());
        } else if (where.section() == Section.WATCH) {
            watch.reveal(where.key());
        }
    }

    /** The whole address spaces of the connected servers. */
    private final class Servers implements Finder.Servers {
        @Override
        public List<String> connected() {
            return project().devices().keySet().stream()
                    .filter(device -> search(device).isPresent())
                    .toList();
        }

        private Optional<NodeSearch> search(String device) {
            return open.plant()
                    .devices()
                    .link(device)
                    .flatMap(link -> link.capability(NodeSearch.class));
        }

        @Override
        public void search(String device, String text) {
            search(device)
                    .ifPresent(
                            search ->
                                    new NodeSearchDialog(
                                                    kit, device, text, hit -> show(device, hit))
                                            .show(search));
        }

        private void show(String device, NodeSearch.Hit hit) {
            TagRef node = new TagRef(device, hit.address());
            window.showTab("details");
            details.look(node);
            boolean isBelowObjects =
                    !hit.path().startsWith("Types/") && !hit.path().startsWith("Views/");
            if (isBelowObjects) {
                devices.find(node);
            }
        }
    }

    private record Simulators(Plant plant) implements SimulatorsView.Switch {
        @Override
        public CompletionStage<Void> start(String name) {
            return plant.startSimulator(name);
        }

        @Override
        public CompletionStage<Void> stop(String name) {
            return plant.stopSimulator(name);
        }
    }
}
