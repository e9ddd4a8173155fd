package io.fieldloom.app.window;

import io.fieldloom.domain.lint.Finding;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.tree.DeviceTree;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.engine.project.LiveLint;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.workbench.SearchHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds devices, tags, topics, those of the traffic too, and problems by words of their names.
 * Thread-safe; the hits are opened on the FX thread.
 */
final class Finder {
    /** One letter is in almost every name. */
    private static final int LEAST_SEARCHED = 2;

    private static final int MOST_SERVERS = 4;

    private final Supplier<Project> project;
    private final DeviceTree tags;
    private final Seen seen;
    private final LiveLint lint;
    private final Ways ways;

    /**
     * @param tags what has been browsed of the devices
     * @param seen the topics that the watched broker carries
     * @param ways where the hits lead
     */
    Finder(Supplier<Project> project, DeviceTree tags, Seen seen, LiveLint lint, Ways ways) {
        this.project = project;
        this.tags = tags;
        this.seen = seen;
        this.lint = lint;
        this.ways = ways;
    }

    /** Topics that were seen in traffic. */
    @FunctionalInterface
    interface Seen {
        List<String> find(Predicate<String> wanted, int most);
    }

    /**
     * Where hits lead.
     *
     * @param tag shows the tag at a path of the device tree
     * @param design shows a topic or a device of the design
     * @param traffic shows a topic in traffic
     * @param servers searches what was not browsed yet
     */
    record Ways(
            Consumer<String> tag,
            Consumer<Location> design,
            Consumer<String> traffic,
            Servers servers) {}

    /** Servers that have more than what was browsed of them. */
    interface Servers {
        /** The devices whose whole address space can be searched now. */
        List<String> connected();

        void search(String device, String text);
    }

    /** Best first: names that begin with the text, then those that hold all its words. */
    List<SearchHit> find(String text, int most) {
        List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        List<SearchHit> found = new ArrayList<>();
        for (String name : project.get().devices().keySet()) {
            if (holds(name, words)) {
                found.add(hit(Icon.DEVICE, name, "device", Location.device(name)));
            }
        }
        int each = Math.max(1, most / 2);
        topics(words, each).forEach(found::add);
        for (TreeRow.OfNode tag : tags.search(text.strip(), each)) {
            found.add(
                    new SearchHit(
                            Icon.MAP, tag.name(), tag.path(), () -> ways.tag().accept(tag.path())));
        }
        found.addAll(onlySeen(words, each));
        for (Finding finding : lint.snapshot().list()) {
            if (found.size() < most && holds(finding.message(), words)) {
                found.add(hit(Icon.WARNING, finding.message(), finding.at(), finding.location()));
            }
        }
        String begin = words.get(0);
        found.sort(
                Comparator.comparing(
                        hit -> !hit.title().toLowerCase(Locale.ROOT).startsWith(begin)));
        List<SearchHit> all = new ArrayList<>(found.size() > most ? found.subList(0, most) : found);
        all.addAll(elsewhere(text.strip()));
        return all;
    }

    /** Where to look on, beyond what is known here. */
    private List<SearchHit> elsewhere(String text) {
        return text.length() < LEAST_SEARCHED
                ? List.of()
                : ways.servers().connected().stream()
                        .limit(MOST_SERVERS)
                        .map(
                                device ->
                                        new SearchHit(
                                                Icon.SEARCH,
                                                "Search " + device + " for '" + text + "'…",
                                                "the whole server",
                                                () -> ways.servers().search(device, text),
                                                true))
                        .toList();
    }

    private List<SearchHit> topics(List<String> words, int most) {
        List<SearchHit> named = new ArrayList<>();
        List<SearchHit> within = new ArrayList<>();
        for (String topic : project.get().mappings().keySet()) {
            if (holds(topic, words)) {
                boolean byName = holds(Topic.name(topic), words);
                List<SearchHit> list = byName ? named : within;
                if (list.size() < most) {
                    list.add(
                            hit(
                                    Icon.LEVEL,
                                    Topic.name(topic),
                                    Topic.parent(topic),
                                    Location.mapping(topic)));
                }
            }
            if (named.size() >= most) {
                break;
            }
        }
        named.addAll(within.subList(0, Math.min(within.size(), most - named.size())));
        return named;
    }

    /** Topics that the broker carries and the design does not have. */
    private List<SearchHit> onlySeen(List<String> words, int most) {
        Set<String> designed = project.get().mappings().keySet();
        return seen.find(topic -> holds(topic, words) && !designed.contains(topic), most).stream()
                .map(
                        topic ->
                                new SearchHit(
                                        Icon.BROKER,
                                        Topic.name(topic),
                                        "in traffic: " + topic,
                                        () -> ways.traffic().accept(topic)))
                .toList();
    }

    private SearchHit hit(Icon icon, String title, String detail, Location where) {
        return new SearchHit(icon, title, detail, () -> ways.design().accept(where));
    }

    private static boolean holds(String name, List<String> words) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
