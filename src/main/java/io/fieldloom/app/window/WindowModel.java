package io.fieldloom.app.window;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.mapping.LatencyMeter;
import io.fieldloom.engine.mapping.MappingStats;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.plant.PlantOutlets;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.workbench.SearchHit;
import io.fieldloom.ui.workbench.WorkbenchModel;
import io.fieldloom.ui.workbench.WorkbenchState;
import io.fieldloom.ui.workbench.WorkbenchState.Lost;
import io.fieldloom.ui.workbench.WorkbenchState.Mappings;
import io.fieldloom.ui.workbench.WorkbenchState.Saved;
import io.fieldloom.ui.workbench.WorkbenchState.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What toolbar and status bar show of the open project. Asked on the FX thread. */
final class WindowModel implements WorkbenchModel {
    /** A burst is on its way sooner than one can read of it. */
    private static final int MANY_QUEUED = 2_000;

    private static final String EMBEDDED_TITLE = "Embedded broker";

    private final Supplier<OpenProject> open;
    private final Consumer<String> chooser;
    private final BiFunction<String, Integer, List<SearchHit>> finder;
    private final Beat out = new Beat(System::nanoTime);
    private Project usedIn;
    private Set<String> used = Set.of();

    /**
     * @param open the open project, or null while it is being read
     * @param chooser makes a broker the default one
     * @param finder finds tags and topics
     */
    WindowModel(
            Supplier<OpenProject> open,
            Consumer<String> chooser,
            BiFunction<String, Integer, List<SearchHit>> finder) {
        this.open = open;
        this.chooser = chooser;
        this.finder = finder;
    }

    @Override
    public WorkbenchState state() {
        OpenProject now = open.get();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        if (now == null) {
            return new WorkbenchState(
                    "",
                    Saved.SAVED,
                    Mappings.STOPPED,
                    0,
                    0,
                    EMBEDDED_TITLE,
                    "starting",
                    Link.CONNECTING,
                    "",
                    0,
                    0,
                    Lost.NOTHING,
                    List.of(),
                    List.of(),
                    null,
                    heap);
        }
        MappingStats stats = now.plant().mappings().stats();
        TrafficStats seen = now.traffic().store().stats();
        PlantOutlets.Totals totals = now.plant().outlets().totals();
        LatencyMeter.Latency latency = now.plant().latency().lastMinute(System.nanoTime());
        TrafficWatch.State watched = now.traffic().state();
        return new WorkbenchState(
                now.editor().displayName(),
                saved(now),
                Mappings.valueOf(now.mappings().name()),
                stats.tags(),
                stats.mappings(),
                title(now, watched.broker()),
                watched.address(),
                watched.link(),
                watched.reason(),
                seen.perSecond(),
                out.of(totals.received()),
                new Lost(totals.drops(), seen.tooFast(), seen.tooMany()),
                waiting(now),
                now.armed().all(),
                latency.count() == 0 ? null : Duration.ofNanos((long) (latency.p99Millis() * 1e6)),
                heap);
    }

    /** Whether it is reached for the first time, which is no news. */
    private static boolean isComing(OutletState queue) {
        return queue.link() == Link.CONNECTING && queue.reason().isEmpty();
    }

    /** The brokers that are away, or so far behind that a person should know. */
    private List<Waiting> waiting(OpenProject now) {
        List<Waiting> waiting = new ArrayList<>();
        Set<String> used = used(now.editor().project());
        now.plant()
                .outlets()
                .states()
                .forEach(
                        (name, queue) -> {
                            boolean isAway =
                                    !isComing(queue)
                                            && queue.link() != Link.UP
                                            && (queue.queued() > 0 || used.contains(name));
                            if (isAway || queue.queued() >= MANY_QUEUED) {
                                waiting.add(new Waiting(title(now, name), queue));
                            }
                        });
        return waiting;
    }

    /** The brokers that mappings use; found anew only when the project is another. */
    private Set<String> used(Project project) {
        if (project != usedIn) {
            usedIn = project;
            used = PlantOutlets.used(project);
        }
        return used;
    }

    private static Saved saved(OpenProject now) {
        if (now.editor().readOnly()) {
            return Saved.READ_ONLY;
        }
        return now.editor().unsaved() ? Saved.UNSAVED : Saved.SAVED;
    }

    private static String title(OpenProject now, String broker) {
        return now.plant().outlets().isEmbedded(broker) ? EMBEDDED_TITLE : broker;
    }

    @Override
    public List<BrokerChoice> brokers() {
        OpenProject now = open.get();
        List<BrokerChoice> choices = new ArrayList<>();
        if (now == null) {
            return choices;
        }
        String chosen = now.editor().project().defaults().broker();
        choices.add(choice(now, Broker.EMBEDDED, chosen));
        for (String name : now.editor().project().brokers().keySet()) {
            choices.add(choice(now, name, chosen));
        }
        return choices;
    }

    private static BrokerChoice choice(OpenProject now, String name, String chosen) {
        Optional<BrokerUrl> url = now.plant().outlets().url(name);
        String address = url.map(each -> each.host() + ":" + each.port()).orElse("not running");
        OutletState queue = now.plant().outlets().states().get(name);
        String away = queue == null || queue.link() == Link.UP ? "" : " · away";
        String queued = away.isEmpty() ? "" : ", " + Presentation.count(queue.queued()) + " queued";
        return new BrokerChoice(
                name, title(now, name) + " · " + address + away + queued, name.equals(chosen));
    }

    @Override
    public void chooseBroker(String name) {
        chooser.accept(name);
    }

    @Override
    public List<SearchHit> search(String text, int most) {
        return finder.apply(text, most);
    }
}
