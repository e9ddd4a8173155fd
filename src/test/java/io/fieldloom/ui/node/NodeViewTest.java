package io.fieldloom.ui.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeDetails.Attribute;
import io.fieldloom.engine.device.NodeDetails.Reference;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class NodeViewTest {
    private static final String LEVEL = "nsu=urn:acme;s=Level";
    private static final String TANK = "nsu=urn:acme;s=Tank";
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DESIGN =
            """
            fieldloom: 1
            devices:
              filler: {endpoint: "opc.tcp://10.0.0.5:4840"}
              boiler:
                endpoint: modbus-tcp://10.0.0.9:502
                tags:
                  Pressure: {address: "holding:10:float32:CDAB", scale: 0.1, unit: bar}
            """;

    private final FxStage window = new FxStage();
    private final Map<String, CompletableFuture<NodeDetails.Node>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<TagRef> found = new ArrayList<>();
    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private final DeviceRegistry registry = devices.registry;
    private Project project;
    private TreeRow chosen;
    private boolean connected = true;

    @Start
    void start(Stage stage) {
        project =
                ProjectEditor.ofText(DESIGN, "hall.fieldloom.yaml", new Home(Path.of("unused")))
                        .project();
        NodeDetails details =
                address -> {
                    asked.add(address);
                    return answers.computeIfAbsent(address, key -> new CompletableFuture<>());
                };
        NodeView view =
                new NodeView(
                        new NodeServices(
                                window.kit(),
                                () -> project,
                                () -> chosen,
                                registry,
                                device -> connected ? Optional.of(details) : Optional.empty(),
                                found::add));
        window.show(stage, view);
    }

    @AfterEach
    void stop() {
        devices.close();
    }

    @Test
    void aDeviceShowsHowItsLinkFaresAndIsTriedAgainAtOnce(FxRobot robot) {
        LinkStatistics statistics =
                () ->
                        new LinkStatistics.Counts(
                                0,
                                1_200,
                                1_190,
                                2,
                                3,
                                0,
                                Duration.ofMillis(4),
                                Duration.ofMillis(6));
        SubscriptionHealth health =
                () ->
                        List.of(
                                new SubscriptionHealth.Stream(
                                        7,
                                        Duration.ofMillis(250),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(60),
                                        20,
                                        Duration.ofSeconds(1),
                                        3,
                                        2,
                                        true));
        driver.capabilities.put(LinkStatistics.class, statistics);
        driver.capabilities.put(SubscriptionHealth.class, health);
        SelfDescription description =
                () ->
                        CompletableFuture.completedStage(
                                List.of(
                                        SelfDescription.Entry.of("Server", "Product", "Acme PLC"),
                                        SelfDescription.Entry.of("Limits", "Nodes a read", "100")));
        driver.capabilities.put(SelfDescription.class, description);
        driver.values.put(
                "i=2258",
                Sample.good(new Value.Time(Instant.now().plusSeconds(3_600)), Instant.now()));
        registry.load(project);
        registry.link("filler").orElseThrow().start();
        driver.next().refuse(DeviceException.Kind.NOT_AUTHORISED);
        await().until(() -> registry.link("filler").orElseThrow().lastFailure().isPresent());
        choose(robot, device("filler"));
        see(robot, "refused");
        see(robot, "Try again.");
        assertThat(texts(robot))
                .anyMatch(text -> text.startsWith("not connected, tried again in "));

        robot.clickOn("Connect now");
        driver.next().up();
        await().until(() -> registry.link("filler").orElseThrow().state().isUp());
        see(robot, "4.0 ms, on average 6.0 ms");
        see(
                robot,
                "3 without an answer in time, 2 refused by the device, 0 with a wrong answer"
                        + " or a broken line");
        see(robot, "Acme PLC");
        see(robot, "Nodes a read");
        see(robot, "20 tags every 250ms");
        see(robot, "from the lost session");
        see(robot, "3 messages missing, 2 sent again, 1 lost");
        see(robot, "60 min ahead of this computer's");
        assertThat(texts(robot)).contains("refused").noneMatch(text -> text.equals("Try again."));

        choose(robot, row("boiler", "holding:10:float32:CDAB"));
        see(robot, "40011");
        choose(robot, device("filler"));
        see(robot, "4.0 ms, on average 6.0 ms");
    }

    private TreeRow device(String name) {
        return new TreeRow.OfDevice(project.devices().get(name), null, null, 0, true, false);
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAll().stream()
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private void see(FxRobot robot, String text) {
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            return texts(robot).contains(text);
                        });
    }

    @Test
    void showsTheChosenNodeAndWhatItsValueIsMadeOf(FxRobot robot) {
        assertThat(robot.lookup("Choose a device or a node in Devices").tryQuery()).isPresent();
        choose(robot, row("filler", LEVEL));
        assertThat(robot.lookup("Cancel").tryQuery()).isPresent();
        answer(robot, level());

        for (String shown :
                List.of(
                        "filler › Level",
                        "CurrentRead (1)",
                        "Server after source",
                        "250 ms",
                        "EURange",
                        "Low",
                        "-5",
                        "BadUserAccessDenied",
                        "HasComponent",
                        "Tank")) {
            assertThat(robot.lookup(shown).tryQuery()).as(shown).isPresent();
        }
        robot.clickOn("Copy NodeId");
        robot.interact(
                () -> assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(LEVEL));
        robot.interact(window::tick);
        assertThat(asked).as("it is read once, not on every beat").hasSize(1);
    }

    @Test
    void followsAReferenceAndComesBack(FxRobot robot) {
        choose(robot, row("filler", LEVEL));
        answer(robot, level());
        robot.doubleClickOn("Tank");
        assertThat(found).containsExactly(new TagRef("filler", TANK));
        assertThat(asked).containsExactly(LEVEL, TANK);

        robot.clickOn("Back");
        assertThat(robot.lookup("filler › Level").tryQuery()).isPresent();
        robot.doubleClickOn("BaseDataVariableType");
        assertThat(asked).endsWith("i=63");
        assertThat(found).as("a type is not below Objects").hasSize(1);
    }

    // Arrow keys run down the rows faster than a PLC answers.
    @Test
    void anAnswerThatComesLateIsNotShown(FxRobot robot) {
        choose(robot, row("filler", TANK));
        choose(robot, row("filler", LEVEL));
        answer(robot, level());
        robot.interact(() -> answers.get(TANK).complete(node(TANK, "Tank", List.of(), List.of())));
        assertThat(robot.lookup("filler › Level").tryQuery()).isPresent();
    }

    @Test
    void saysWhyAndReadsAgain(FxRobot robot) {
        connected = false;
        choose(robot, row("filler", LEVEL));
        assertThat(robot.lookup("filler is not connected").tryQuery()).isPresent();
        connected = true;
        robot.interact(window::tick);
        assertThat(asked).containsExactly(LEVEL);
        robot.interact(
                () ->
                        answers.remove(LEVEL)
                                .completeExceptionally(
                                        new DeviceException(
                                                DeviceException.Kind.TIMEOUT,
                                                "filler: no answer within 5s",
                                                "Try again.")));
        assertThat(robot.lookup("filler: no answer within 5s. Try again.").tryQuery()).isPresent();
        robot.clickOn("Read again");
        answer(robot, level());
        assertThat(robot.lookup("CurrentRead (1)").tryQuery()).isPresent();
        robot.clickOn("Read again");
        answers.remove(LEVEL);
        robot.clickOn("Read again").clickOn("Cancel");
        assertThat(robot.lookup("Reading was cancelled").tryQuery()).isPresent();
    }

    @Test
    void tellsAModbusTagInBothNotations(FxRobot robot) {
        choose(robot, row("boiler", "holding:10:float32:CDAB"));
        for (String shown :
                List.of(
                        "boiler › Pressure",
                        "40011",
                        "float32",
                        "10 to 11 (2)",
                        "CDAB",
                        "raw × 0.1",
                        "bar")) {
            assertThat(robot.lookup(shown).tryQuery()).as(shown).isPresent();
        }
        assertThat(asked).isEmpty();
    }

    private void choose(FxRobot robot, TreeRow row) {
        chosen = row;
        robot.interact(window::tick);
    }

    private void answer(FxRobot robot, NodeDetails.Node node) {
        robot.interact(() -> answers.get(node.address()).complete(node));
    }

    private static NodeDetails.Node level() {
        Map<String, Value> range = new LinkedHashMap<>();
        range.put("Low", Value.of(-5L));
        range.put("High", Value.of(150L));
        return node(
                LEVEL,
                "Level",
                List.of(new Attribute("EURange", new Value.Structure("Range", range), Status.GOOD)),
                List.of(
                        new Reference(
                                "HasTypeDefinition",
                                true,
                                "i=63",
                                "BaseDataVariableType",
                                "VariableType",
                                true),
                        new Reference("HasComponent", false, TANK, "Tank", "Object", true)));
    }

    private static NodeDetails.Node node(
            String address, String name, List<Attribute> properties, List<Reference> references) {
        return new NodeDetails.Node(
                address,
                name,
                "Variable",
                List.of(
                        new Attribute("Value", Value.of(42.5), Status.GOOD),
                        new Attribute("AccessLevel", Value.of("CurrentRead (1)"), Status.GOOD),
                        new Attribute(
                                "UserWriteMask", Value.NONE, Status.named("BadUserAccessDenied"))),
                new Sample(Value.of(42.5), Status.GOOD, TIME, TIME.plusMillis(250), TIME),
                properties,
                references,
                Status.GOOD);
    }

    private static TreeRow row(String device, String address) {
        return new TreeRow.OfNode(
                device + "/" + address,
                1,
                false,
                false,
                new DeviceItem(device, address, address, "x", List.of("x"), null, null, false),
                "Variable",
                null,
                null,
                null,
                null,
                false,
                false,
                false);
    }
}
