package io.fieldloom.engine.device.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.TagNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pcollections.OrderedPMap;

class DeviceTreeTest {
    private static final String OBJECTS = "i=85";
    private static final String VIEWS = "i=87";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private final AtomicLong nanos = new AtomicLong(1);
    private final DeviceRegistry registry = devices.registry;
    private final DeviceTree tree = new DeviceTree(registry, nanos::get);

    @AfterEach
    void stop() {
        tree.close();
        devices.close();
    }

    private static Device device(String name, String endpoint, TagSpec... tags) {
        OrderedPMap<String, TagSpec> all = OrderedPMap.empty();
        for (TagSpec tag : tags) {
            all = all.plus(tag.name(), tag);
        }
        return new Device(name, endpoint, null, null, null, all, null, null, null);
    }

    private static Project project(Device... devices) {
        Project project = Project.EMPTY;
        for (Device device : devices) {
            project = Edits.apply(project, new Edit.PutDevice(device)).after();
        }
        return project;
    }

    private ScriptedDriver.Session open(Device... devices) {
        Project project = project(devices);
        registry.load(project);
        tree.load(project);
        registry.start();
        ScriptedDriver.Session first = null;
        for (Device device : devices) {
            ScriptedDriver.Session session = driver.next().up();
            first = session.request.device().equals(devices[0].name()) ? session : first;
        }
        for (Device device : devices) {
            await().until(() -> registry.link(device.name()).orElseThrow().state().isUp());
        }
        tree.follow();
        return first;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int place = 0; place < tree.count(); place++) {
            names.add(tree.at(place).name());
        }
        return names;
    }

    private TreeRow.OfNode node(String path) {
        return (TreeRow.OfNode) tree.at(tree.reveal(path));
    }

    /** Tells what is on screen and lets it stand still. */
    private void look(int first, int last) {
        tree.show(first, last);
        nanos.addAndGet(Duration.ofMillis(250).toNanos());
        tree.show(first, last);
    }

    private static Device filler() {
        return device("filler", "opc.tcp://127.0.0.1:4840");
    }

    private void fill() {
        driver.space.put(OBJECTS, List.of(ScriptedDriver.object("s=F1", "Filler01")));
        driver.space.put(
                "s=F1",
                List.of(
                        ScriptedDriver.variable("s=T", "Temperature"),
                        ScriptedDriver.variable("s=P", "Pressure")));
    }

    @Test
    void nothingIsBrowsedBeforeItIsOpened() {
        fill();
        open(filler());
        assertThat(names()).containsExactly("filler", "Objects", "Filler01", "Types");
        assertThat(driver.browsed).containsExactly(OBJECTS, VIEWS);

        tree.toggle(2);
        assertThat(names()).endsWith("Filler01", "Temperature", "Pressure", "Types");

        tree.toggle(2);
        tree.toggle(2);
        assertThat(driver.browsed).as("asked once").containsExactly(OBJECTS, VIEWS, "s=F1");
    }

    @Test
    void aSlowBranchSaysThatItIsLoading() {
        fill();
        open(filler());
        driver.browseGate = new CompletableFuture<>();
        tree.toggle(2);
        assertThat(names()).endsWith("Filler01", "loading…", "Types");

        driver.browseGate.complete(null);
        assertThat(names()).endsWith("Filler01", "Temperature", "Pressure", "Types");
    }

    @Test
    void aBranchThatFailsSaysWhyAndCanBeTriedAgain() {
        fill();
        open(filler());
        driver.browseGate =
                CompletableFuture.failedFuture(
                        new DeviceException(Kind.TIMEOUT, "no answer in 5 s", "Try again."));
        tree.toggle(2);
        TreeRow.OfMessage row = (TreeRow.OfMessage) tree.at(3);
        assertThat(row.failed()).isTrue();
        assertThat(row.text()).isEqualTo("no answer in 5 s");
        assertThat(row.advice()).isEqualTo("Try again.");

        driver.browseGate = CompletableFuture.completedFuture(null);
        tree.reload(row.below());
        assertThat(names()).endsWith("Temperature", "Pressure", "Types");
    }

    @Test
    void aDeviceThatIsAwaySaysWhyAndIsBrowsedWhenItIsThere() {
        fill();
        registry.load(project(filler()));
        tree.load(project(filler()));
        registry.start();
        driver.next().refuse(Kind.UNTRUSTED);
        await().until(() -> registry.link("filler").orElseThrow().state().failure() != null);
        tree.follow();
        TreeRow.OfMessage row = (TreeRow.OfMessage) tree.at(2);
        assertThat(row.cause()).isEqualTo(Kind.UNTRUSTED);

        await().until(() -> registry.link("filler").orElseThrow().state().nextAttempt() != null);
        registry.link("filler").orElseThrow().reconnectNow();
        driver.next().up();
        await().until(() -> registry.link("filler").orElseThrow().state().isUp());
        tree.follow();
        assertThat(names()).containsExactly("filler", "Objects", "Filler01", "Types");
    }

    @Test
    void onlyWhatIsOnScreenIsWatchedAndShowsTheTagsOwnValue() {
        TagSpec level =
                new TagSpec(
                        "Level", "holding:2", new BigDecimal("0.1"), null, "%", null, null, null);
        ScriptedDriver.Session session =
                open(
                        device(
                                "boiler",
                                "modbus-tcp://127.0.0.1:502",
                                level,
                                TagSpec.of("Burner", "coil:0")));
        look(0, 1);
        ScriptedDriver.Subscription subscription = session.subscription();
        assertThat(subscription.tags).hasSize(1);
        assertThat(subscription.tags.get(0).address()).isEqualTo("holding:2");

        subscription.send(0, Sample.good(Value.of(610), NOW));
        TreeRow.OfNode row = node("boiler/Level");
        assertThat(row.sample().value()).isEqualTo(new Value.Decimal(new BigDecimal("61")));
        assertThat(row.unit()).isEqualTo("%");
        assertThat(row.place()).isEqualTo("holding:2 (40003)");
        assertThat(row.item().type()).isEqualTo("UInt16");
        assertThat(row.live()).isTrue();

        look(2, 2);
        assertThat(session.subscription().tags.get(0).address()).isEqualTo("coil:0");
        await().until(() -> subscription.closed);
        assertThat(node("boiler/Level").live()).isFalse();
    }

    @Test
    void aLostDeviceLeavesTheLastValuesBad() {
        ScriptedDriver.Session session =
                open(device("boiler", "modbus-tcp://127.0.0.1:502", TagSpec.of("A", "coil:0")));
        look(0, 5);
        session.subscription().send(0, Sample.good(Value.of(true), NOW));
        session.lose();
        await().until(() -> node("boiler/A").sample().status().isBad());

        assertThat(node("boiler/A").sample().value()).isEqualTo(Value.of(true));
        assertThat(node("boiler/A").sample().status()).isEqualTo(Status.BAD_NO_COMMUNICATION);

        ScriptedDriver.Session next = driver.next().up();
        next.subscription().send(0, Sample.good(Value.of(false), NOW));
        assertThat(node("boiler/A").sample().value()).isEqualTo(Value.of(false));
    }

    // A hundred thousand nodes open must not cost the device more than the screen is tall.
    @Test
    void scrollingThroughAHugeBranchAsksForNothingOnTheWay() {
        List<TagNode> many = new ArrayList<>();
        for (int at = 0; at < 100_000; at++) {
            many.add(ScriptedDriver.variable("s=V" + at, "V" + at));
        }
        driver.space.put(OBJECTS, many);
        ScriptedDriver.Session session = open(filler());
        assertThat(tree.count()).isEqualTo(100_003);
        assertThat(tree.variables()).isEqualTo(100_000);

        for (int first = 0; first < 60_000; first += 30) {
            tree.show(first, first + 40);
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
        }
        assertThat(session.allSubscriptions()).isEmpty();

        look(60_000, 60_040);
        assertThat(session.subscription().tags).hasSize(41);
        assertThat(tree.reveal("filler/Objects/V99999")).isEqualTo(100_001);
        assertThat(tree.at(100_001).name()).isEqualTo("V99999");
    }

    @Test
    void manySmallMovesAreFoldedIntoFewWatches() {
        TagSpec[] tags = new TagSpec[60];
        for (int at = 0; at < tags.length; at++) {
            tags[at] = TagSpec.of("T" + at, "coil:" + at);
        }
        ScriptedDriver.Session session = open(device("boiler", "modbus-tcp://127.0.0.1:502", tags));
        for (int first = 1; first < 30; first++) {
            look(first, first + 20);
        }
        await().untilAsserted(
                        () ->
                                assertThat(
                                                session.allSubscriptions().stream()
                                                        .filter(one -> !one.closed)
                                                        .count())
                                        .isBetween(1L, 7L));
    }

    @Test
    void theMarkOfAMappedTagFollowsEveryEdit() {
        fill();
        open(filler());
        tree.toggle(2);
        TagRef source = new TagRef("filler", "s=T");
        assertThat(node("filler/Objects/Filler01/Temperature").mapped()).isFalse();

        var added =
                Edits.apply(
                        tree.project(),
                        new Edit.PutMapping(Mapping.of("acme/line/temperature", source)));
        tree.apply(added);
        assertThat(node("filler/Objects/Filler01/Temperature").mapped()).isTrue();
        assertThat(node("filler/Objects/Filler01/Pressure").mapped()).isFalse();
        assertThat(tree.mapped().topicsOf(source)).containsExactly("acme/line/temperature");

        tree.apply(added.reversed());
        assertThat(node("filler/Objects/Filler01/Temperature").mapped()).isFalse();
    }

    @Test
    void theFilterKeepsTheParentsAndForgetsNothing() {
        fill();
        open(filler(), device("boiler", "modbus-tcp://127.0.0.1:502", TagSpec.of("A", "coil:7")));
        tree.toggle(2);
        int all = tree.count();

        tree.filter("press");
        assertThat(names()).containsExactly("filler", "Objects", "Filler01", "Pressure");
        tree.filter("coil:7");
        assertThat(names()).containsExactly("boiler", "A");
        tree.filter("nothing of that kind");
        assertThat(tree.count()).isZero();
        tree.filter("");
        assertThat(tree.count()).isEqualTo(all);
    }

    @Test
    void anObjectThatMatchesKeepsWhatIsShownInIt() {
        fill();
        open(filler());
        tree.toggle(2);
        tree.filter("filler01");
        assertThat(names())
                .containsExactly("filler", "Objects", "Filler01", "Temperature", "Pressure");

        tree.filter("");
        tree.toggle(2);
        driver.space.put(
                "s=F1",
                List.of(
                        ScriptedDriver.variable("s=T", "Temperature"),
                        ScriptedDriver.variable("s=N", "OfFiller01")));
        tree.reload("filler/Objects/Filler01");
        tree.filter("filler01");
        assertThat(names())
                .as("folded, and shown open for one that matches")
                .containsExactly("filler", "Objects", "Filler01", "Temperature", "OfFiller01");
        tree.filter("offiller01");
        assertThat(names()).containsExactly("filler", "Objects", "Filler01", "OfFiller01");
    }

    @Test
    void typesAreBrowsedWhenTheyAreOpenedAndViewsShownWhereThereAreAny() {
        fill();
        driver.space.put("i=86", List.of(ScriptedDriver.object("i=88", "ObjectTypes")));
        driver.space.put(VIEWS, List.of(ScriptedDriver.object("s=V", "Operator")));
        open(filler());
        assertThat(names()).containsExactly("filler", "Objects", "Filler01", "Types", "Views");
        assertThat(driver.browsed).containsExactly(OBJECTS, VIEWS);

        tree.toggle(3);
        assertThat(names()).endsWith("Types", "ObjectTypes", "Views");
        tree.toggle(5);
        assertThat(names()).endsWith("Views", "Operator");
        assertThat(tree.locate(new TagRef("filler", "s=gone")).toCompletableFuture().join())
                .isEmpty();
        assertThat(driver.browsed).as("a tag is not looked for in types").doesNotContain("i=88");
    }

    @Test
    void anEditedDeviceKeepsItsOpenBranchesUnlessItIsElsewhere() {
        fill();
        open(filler());
        tree.toggle(2);
        Device described = device("filler", "opc.tcp://127.0.0.1:4840", TagSpec.of("Temp", "s=T"));
        tree.apply(Edits.apply(tree.project(), new Edit.PutDevice(described)));
        assertThat(names())
                .containsExactly(
                        "filler",
                        "Temp",
                        "Objects",
                        "Filler01",
                        "Temperature",
                        "Pressure",
                        "Types");

        tree.apply(
                Edits.apply(
                        tree.project(),
                        new Edit.PutDevice(device("filler", "opc.tcp://10.0.0.1:4840"))));
        assertThat(names()).doesNotContain("Filler01");
    }

    @Test
    void aSourceThatWasNotBrowsedYetIsFound() {
        fill();
        open(filler());
        assertThat(tree.locate(new TagRef("filler", "s=P")).toCompletableFuture().join())
                .contains("filler/Objects/Filler01/Pressure");
        assertThat(tree.reveal("filler/Objects/Filler01/Pressure")).isEqualTo(4);
        assertThat(tree.locate(new TagRef("filler", "s=none")).toCompletableFuture().join())
                .isEmpty();
    }

    @Test
    void anObjectStandsForItsVariablesAndNotForTheirProperties() {
        fill();
        driver.space.put(
                "s=F1",
                List.of(
                        ScriptedDriver.variable("s=T", "Temperature"),
                        ScriptedDriver.object("s=M", "Motor"),
                        // An address space may have cycles.
                        ScriptedDriver.object("s=F1", "Self")));
        driver.space.put("s=M", List.of(ScriptedDriver.variable("s=S", "Speed")));
        driver.space.put("s=T", List.of(ScriptedDriver.variable("s=EU", "EURange")));
        open(filler());

        TagFinder.Found found =
                new TagFinder(registry, tree::project)
                        .variables(List.of(node("filler/Objects/Filler01").item()))
                        .toCompletableFuture()
                        .join();

        assertThat(found.tags())
                .extracting(DeviceItem::name)
                .containsExactly("Temperature", "Speed");
        assertThat(found.tags().get(1).path())
                .containsExactly("Objects", "Filler01", "Motor", "Speed");
        assertThat(found.tags().get(1).ref()).isEqualTo(new TagRef("filler", "s=S"));
    }
}
