package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.Methods;
import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.Secrets;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class DevicesViewTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              filler: {endpoint: "opc.tcp://10.0.0.5:4840", security: None/None}
              boiler:
                endpoint: "modbus-tcp://10.0.0.9"
                tags:
                  Setpoint: {address: "holding:4", scale: 0.1, unit: bar}
                  Level: {address: "input:6"}
            """;

    @TempDir Path folder;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedDriver driver = new ScriptedDriver();
    private final HandTicker ticker = new HandTicker();
    private final List<Dragged> mapped = new ArrayList<>();
    private final List<Dragged> watched = new ArrayList<>();
    private final List<DeviceItem> notifiers = new ArrayList<>();
    private final List<String> searched = new ArrayList<>();
    private final NoCharts charts = new NoCharts();
    private final ArmedDevices armed = new ArmedDevices();
    private final DeviceRegistry registry =
            new DeviceRegistry(
                    List.of(driver), DevicesViewTest::request, pool, timer, Clock.systemUTC());
    private ProjectEditor editor;
    private UiKit kit;
    private DevicesView view;

    private static SessionRequest request(Device device) {
        return SessionRequest.anonymous(device.name(), Endpoint.parse(device.endpoint()));
    }

    @Start
    void start(Stage stage) {
        Home home = new Home(folder);
        editor = ProjectEditor.ofText(PROJECT, "test", home);
        registry.load(editor.project());
        editor.addListener(registry::apply);
        kit = UiKit.create(new FxGate(), ticker, pool, new Theme(Theme.Look.DARK));
        driver.space.put("i=85", List.of(ScriptedDriver.object("s=F1", "Filler01")));
        driver.space.put("s=F1", List.of(ScriptedDriver.variable("s=T", "Temperature")));
        view =
                new DevicesView(
                        new DevicesServices(
                                kit,
                                editor::project,
                                Optional::empty,
                                new ProjectEdits(kit, editor),
                                registry,
                                List.of(driver),
                                endpoint ->
                                        endpoint.host().equals("10.0.0.66")
                                                ? CompletableFuture.failedFuture(
                                                        new DeviceException(
                                                                Kind.TIMEOUT, "no answer", "Wait."))
                                                : CompletableFuture.completedStage(List.of()),
                                OwnCertificate.ofClient(home),
                                new TrustList(home),
                                new RememberedPasswords(new Secrets(home)),
                                armed,
                                new AuditLog(home, "tester"),
                                pool,
                                mapped::add,
                                (device, text) -> searched.add(device + " " + text),
                                tag -> {},
                                watched::add,
                                notifiers::add,
                                charts));
        editor.addListener(view::apply);
        StackPane content = new StackPane(view.node());
        kit.overlay().content(content);
        Scene scene = new Scene(kit.overlay().root(), 404, 700);
        kit.theme().dress(scene);
        kit.commands().listenIn(scene);
        stage.setScene(scene);
        stage.show();
        registry.start();
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(() -> view.close());
        registry.stop().toCompletableFuture().join();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    /** The next session of a device, whichever device was connected first. */
    private ScriptedDriver.Session session(String device, List<ScriptedDriver.Session> others) {
        ScriptedDriver.Session next = driver.next();
        while (!next.request.device().equals(device)) {
            others.add(next);
            next = driver.next();
        }
        return next;
    }

    /** Turns the beat until something is on screen. */
    private void see(FxRobot robot, String text) {
        await().until(
                        () -> {
                            robot.interact(ticker::tick);
                            return texts(robot).stream().anyMatch(text::equals);
                        });
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAll().stream()
                .filter(Node::isVisible)
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private static Button button(FxRobot robot, String text) {
        return robot.lookup(".button").queryAll().stream()
                .map(Button.class::cast)
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    @Test
    void aTreeIsBrowsedAsItIsOpenedAndShowsLiveValues(FxRobot robot) {
        List<ScriptedDriver.Session> others = new ArrayList<>();
        ScriptedDriver.Session session = session("filler", others).up();
        see(robot, "Filler01");
        assertThat(driver.browsed).containsExactly("i=85", "i=87");

        robot.interact(() -> view.reveal("filler/Objects/Filler01"));
        robot.push(KeyCode.RIGHT);
        see(robot, "Temperature");
        await().until(
                        () -> {
                            robot.interact(ticker::tick);
                            return !session.allSubscriptions().isEmpty();
                        });
        session.subscription().send(0, Sample.good(Value.of(72.41), Instant.now()));
        see(robot, "72.41");

        robot.interact(() -> view.reveal("filler/Objects/Filler01/Temperature"));
        robot.push(KeyCode.CONTROL, KeyCode.M);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.W);
        assertThat(watched).isEqualTo(mapped);
        assertThat(mapped).hasSize(1);
        assertThat(mapped.get(0).items().get(0).ref().tag()).isEqualTo("s=T");
        assertThat(mapped.get(0).items().get(0).path())
                .containsExactly("Objects", "Filler01", "Temperature");
    }

    @Test
    void aDeviceThatIsAwaySaysWhenItIsTriedAgain(FxRobot robot) {
        List<ScriptedDriver.Session> others = new ArrayList<>();
        session("boiler", others).refuse(Kind.UNREACHABLE);
        await().until(
                        () -> {
                            robot.interact(ticker::tick);
                            return texts(robot).stream()
                                    .anyMatch(text -> text.startsWith("retry in "));
                        });
    }

    @Test
    void anUnknownCertificateIsNamed(FxRobot robot) {
        List<ScriptedDriver.Session> others = new ArrayList<>();
        session("filler", others).refuse(Kind.UNTRUSTED);
        see(robot, "certificate");
    }

    @Test
    void pastedLinesBecomeTagsAndTheFaultyOneIsPointedAt(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.interact(() -> named(robot, "Modbus device").fire());
        type(robot, "Host", "10.0.0.7");
        type(
                robot,
                "Tags, one a line",
                "SteamPressure\t40001:float32\tbar\t0,1\nFeedwater Level;holding:2\nBurner coil:0");
        robot.interact(ticker::tick);

        assertThat(texts(robot)).contains("2 tags, 1 faulty line left out");
        assertThat(texts(robot)).contains("Feedwater Level;holding:2");
        assertThat(texts(robot)).anyMatch(text -> text.contains("is not a name"));
        assertThat(robot.lookup("Line 2").queryAll()).isNotEmpty();

        robot.interact(() -> button(robot, "Add modbus-10.0.0.7 with 2 tags").fire());
        Device added = editor.project().devices().get("modbus-10.0.0.7");
        assertThat(added.tags().keySet()).containsExactly("SteamPressure", "Burner");
        assertThat(added.tags().get("SteamPressure").address()).isEqualTo("holding:0:float32");
        assertThat(added.tags().get("SteamPressure").unit()).isEqualTo("bar");
        see(robot, "modbus-10.0.0.7");

        robot.interact(() -> editor.undo());
        assertThat(editor.project().devices()).doesNotContainKey("modbus-10.0.0.7");
    }

    // Eight out of ten manuals write the types of their own maker.
    @Test
    void theTypesOfOtherProgramsAreExplainedAndNotGuessed(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.interact(() -> named(robot, "Modbus device").fire());
        type(robot, "Host", "10.0.0.7");
        type(robot, "Tags, one a line", "Name 40001:string8\nFlow 40010:real\nCount 40012:int");
        robot.interact(ticker::tick);

        assertThat(texts(robot)).contains("0 tags, 3 faulty lines left out");
        for (String hint :
                List.of(
                        "did you mean string[8]?",
                        "did you mean float32?",
                        "did you mean int16, or int32 for two registers?")) {
            assertThat(texts(robot)).anyMatch(text -> text.contains(hint));
        }
    }

    @Test
    void theFilterSaysThatAWholeServerCanBeSearched(FxRobot robot) {
        NodeSearch search = (text, watcher) -> new CompletableFuture<>();
        driver.capabilities.put(NodeSearch.class, search);
        session("filler", new ArrayList<>()).up();
        see(robot, "Filler01");
        robot.interact(view::focusFilter);
        robot.write("Pump");
        see(robot, "Looks in opened branches. The whole server:");
        robot.clickOn("filler");
        assertThat(searched).containsExactly("filler Pump");

        robot.interact(view::focusFilter);
        robot.push(KeyCode.ESCAPE);
        robot.interact(ticker::tick);
        assertThat(texts(robot)).noneMatch(text -> text.startsWith("Looks in opened"));
    }

    // The next key would act on the wrong tag.
    @Test
    void whatIsToBeShownIsChosenThoughTheFilterHidesIt(FxRobot robot) {
        type(robot, "Devices: Filter by name, address or value…", "level");
        robot.interact(() -> view.reveal("boiler/Level"));
        assertThat(view.chosen().name()).isEqualTo("Level");

        robot.interact(() -> view.show(new TagRef("boiler", "Setpoint")));
        robot.interact(ticker::tick);
        assertThat(view.chosen().name()).isEqualTo("Setpoint");
        assertThat(texts(robot)).noneMatch(text -> text.contains("There is no device"));

        type(robot, "Devices: Filter by name, address or value…", "level");
        robot.interact(() -> view.reveal("boiler/Setpoint"));
        assertThat(view.chosen().name()).as("from the search palette").isEqualTo("Setpoint");
    }

    @Test
    void whatASearchFindsIsChosenAndEnterAddsIt(FxRobot robot) throws Exception {
        driver.discovery = new OneServer();
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + listening.getLocalPort();
            robot.push(KeyCode.CONTROL, KeyCode.D);
            robot.interact(() -> named(robot, "Find devices…").fire());
            robot.write(place).push(KeyCode.ENTER);
            see(
                    robot,
                    "1 device found (port "
                            + listening.getLocalPort()
                            + "). Enter adds the chosen one.");
            robot.push(KeyCode.ENTER);
            see(robot, "Add an OPC UA server");
            assertThat(field(robot, "Endpoint").getText()).isEqualTo("opc.tcp://" + place);
        }
    }

    @Test
    void aServerThatIsNotThereYetCanBeAdded(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.interact(() -> named(robot, "OPC UA server").fire());
        type(robot, "Endpoint", "opc.tcp://10.0.0.66:4840");
        assertThat(button(robot, "Add without connecting").isVisible()).isFalse();
        robot.interact(() -> button(robot, "What does it offer?").fire());
        see(robot, "no answer.\nWait.");
        robot.interact(() -> button(robot, "Add without connecting").fire());

        assertThat(editor.project().devices().get("opcua-10.0.0.66").endpoint())
                .isEqualTo("opc.tcp://10.0.0.66:4840");
        see(robot, "opcua-10.0.0.66");
    }

    // The next thing to type is the password, not the endpoint, which was right.
    @Test
    void afterAWrongPasswordTheCursorIsInThePassword(FxRobot robot) {
        session("filler", new ArrayList<>()).up();
        see(robot, "Filler01");
        robot.interact(() -> view.reveal("filler"));
        robot.push(KeyCode.F2);
        robot.clickOn("User and password");
        type(robot, "User", "operator");
        type(robot, "Password", "guess");
        robot.interact(() -> button(robot, "Connect and save").fire());
        session("filler", new ArrayList<>()).refuse(Kind.NOT_AUTHORISED);
        await().until(
                        () -> {
                            robot.interact(ticker::tick);
                            return field(robot, "Password").isFocused();
                        });
        assertThat(field(robot, "Password").getSelectedText()).isEqualTo("guess");
    }

    @Test
    void nothingIsWrittenBeforeTheDeviceIsArmed(FxRobot robot) throws Exception {
        driver.writes = new RecordingWrites(driver);
        driver.values.put("holding:4", Sample.good(Value.of(80), Instant.now()));
        List<ScriptedDriver.Session> others = new ArrayList<>();
        session("boiler", others).up();
        await().until(() -> registry.link("boiler").orElseThrow().state().isUp());
        robot.interact(ticker::tick);
        robot.interact(() -> view.reveal("boiler/Setpoint"));

        robot.interact(() -> kit.commands().find("devices.write").orElseThrow().run());
        assertThat(texts(robot)).contains("Arm writing on boiler?");
        robot.interact(() -> button(robot, "Cancel").fire());
        assertThat(armed.isArmed("boiler")).isFalse();
        assertThat(kit.dialogs().isOpen()).isFalse();

        robot.interact(() -> kit.commands().find("devices.write").orElseThrow().run());
        robot.interact(() -> button(robot, "Arm boiler").fire());
        see(robot, "ARMED");
        see(robot, "0 to 6553.5 bar");
        type(robot, "New value", "99999");
        see(robot, "Setpoint takes 0 to 6553.5 bar.");
        type(robot, "New value", "8.55");
        see(robot, "Setpoint goes in steps of 0.1 bar: write 8.5 or 8.6.");
        type(robot, "New value", "8.5");
        await().until(
                        () ->
                                robot.lookup(".button").queryAll().stream()
                                        .map(node -> ((Labeled) node).getText())
                                        .anyMatch("Write 8.5 to Setpoint"::equals));
        // Enter in the field goes on to the button that says what is written; there it writes.
        robot.interact(() -> field(robot, "New value").requestFocus());
        robot.push(KeyCode.ENTER);
        assertThat(driver.values.get("holding:4").value()).isEqualTo(Value.of(80));
        assertThat(button(robot, "Write 8.5 to Setpoint").isFocused()).isTrue();
        robot.push(KeyCode.ENTER);
        see(robot, "Good. It reads back 8.5 bar.");

        assertThat(driver.values.get("holding:4").value()).isEqualTo(Value.of(85));
        assertThat(Files.readString(folder.resolve("audit/audit.log")))
                .contains("\"old\":80", "\"new\":85", "tester");
    }

    @Test
    void aMethodIsCalledOnlyOnAnArmedDeviceAndItsArgumentsAreAsked(FxRobot robot) throws Exception {
        List<String> called = new CopyOnWriteArrayList<>();
        driver.capabilities.put(Methods.class, new OneMethod(called));
        driver.space.put(
                "s=F1", List.of(new TagNode("s=M", "Mix", "Mix", "Method", null, false, false)));
        List<ScriptedDriver.Session> others = new ArrayList<>();
        session("filler", others).up();
        see(robot, "Filler01");
        robot.interact(() -> view.reveal("filler/Objects/Filler01"));
        robot.push(KeyCode.RIGHT);
        see(robot, "Mix()");
        robot.interact(() -> view.reveal("filler/Objects/Filler01/Mix"));

        robot.push(KeyCode.ENTER);
        assertThat(texts(robot)).contains("Arm writing on filler?");
        robot.interact(() -> button(robot, "Arm filler").fire());
        see(robot, "Double · Turns a minute");
        type(robot, "speed", "fast");
        robot.interact(() -> button(robot, "Call Mix").fire());
        see(robot, "speed: 'fast' is not a Double. Give a number.");
        assertThat(called).isEmpty();
        type(robot, "speed", "2.5");
        robot.interact(() -> button(robot, "Call Mix").fire());
        see(robot, "Good. Mix was called.");
        see(robot, "5.0");

        assertThat(called).containsExactly("s=F1 2.5");
        assertThat(Files.readString(folder.resolve("audit/audit.log")))
                .contains("s=M on s=F1", "\"new\":[2.5]", "Called: Good");
    }

    @Test
    void allChosenTagsAreChartedTogether(FxRobot robot) {
        session("boiler", new ArrayList<>()).up();
        see(robot, "Level");
        robot.interact(() -> view.reveal("boiler/Setpoint"));
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        robot.push(KeyCode.CONTROL, KeyCode.G);
        assertThat(charts.charted).hasSize(1);
        assertThat(charts.charted.get(0))
                .extracting(DeviceItem::name)
                .containsExactlyInAnyOrder("Setpoint", "Level");

        robot.interact(() -> view.reveal("boiler/Level"));
        robot.push(KeyCode.ENTER);
        assertThat(charts.charted.get(1)).extracting(DeviceItem::tag).containsExactly("Level");
    }

    // Arming for nothing is a risk for nothing.
    @Test
    void aReadOnlyTagIsSaidToBeSoBeforeAnythingIsArmed(FxRobot robot) {
        session("boiler", new ArrayList<>()).up();
        see(robot, "Level");
        robot.interact(() -> view.reveal("boiler/Level"));
        robot.interact(() -> kit.commands().find("devices.write").orElseThrow().run());
        assertThat(kit.dialogs().isOpen()).isFalse();

        robot.interact(() -> view.write(new TagRef("boiler", "Level")));
        see(robot, "Level is read-only");
        assertThat(texts(robot)).doesNotContain("Arm writing on boiler?");
        robot.push(KeyCode.ESCAPE);
        robot.interact(() -> view.write(new TagRef("boiler", "Setpoint")));
        see(robot, "Arm writing on boiler?");
        robot.push(KeyCode.ESCAPE);
        robot.interact(() -> view.writeOrShow(new TagRef("boiler", "Level")));
        await().until(() -> view.chosen().name().equals("Level"));
        assertThat(kit.dialogs().isOpen()).isFalse();
    }

    // Trust is a person's decision, and can be taken back.
    @Test
    void aCertificateThatWaitsIsTrustedAndTheTrustIsTakenBack(FxRobot robot) throws Exception {
        Home home = new Home(folder);
        TrustList trust = new TrustList(home);
        X509Certificate shown =
                OwnCertificate.ofSimulator(home, "filler-sim", List.of("127.0.0.1"))
                        .identity()
                        .certificate();
        trust.reject(shown);

        robot.interact(() -> kit.commands().find("devices.certificates").orElseThrow().run());
        see(robot, "not trusted");
        robot.interact(() -> button(robot, "Trust").fire());
        see(robot, "trusted");
        assertThat(trust.isTrusted(shown)).isTrue();

        robot.interact(() -> button(robot, "Take trust back").fire());
        see(robot, "not trusted");
        assertThat(trust.isTrusted(shown)).isFalse();
        assertThat(trust.kept(KeptCertificate.Kind.REJECTED))
                .extracting(KeptCertificate::certificate)
                .containsExactly(shown);
    }

    // Closing it must end the reading, else it goes on for as long as the server is large.
    @Test
    void savingAnAddressSpaceCountsAndCanBeCancelled(FxRobot robot) {
        List<CompletableFuture<NodeSetExport.Saved>> savings = new ArrayList<>();
        NodeSetExport export =
                (from, file, looked) -> {
                    looked.accept(1_234);
                    CompletableFuture<NodeSetExport.Saved> saving = new CompletableFuture<>();
                    savings.add(saving);
                    return saving;
                };
        DeviceItem item = DeviceItem.device("filler");
        Path file = folder.resolve("filler.NodeSet2.xml");
        robot.interact(() -> new NodeSetDialog(kit, item, file).show(export));
        see(robot, "Reading from filler: 1,234 nodes so far…");
        robot.interact(() -> button(robot, "Cancel").fire());
        assertThat(savings.get(0)).isCancelled();

        robot.interact(() -> new NodeSetDialog(kit, item, file).show(export));
        savings.get(1).complete(new NodeSetExport.Saved(2_000, 0, true));
        see(robot, "2,000 nodes are in " + file + ".");
    }

    @Test
    void tagsAreDraggedWithWhatAMappingNeeds(FxRobot robot) {
        List<ScriptedDriver.Session> others = new ArrayList<>();
        session("boiler", others).up();
        see(robot, "Setpoint");
        List<Dragged> dropped = new ArrayList<>();
        StackPane content = (StackPane) view.node().getParent();
        content.setOnDragOver(
                event -> {
                    if (Dragged.isIn(event.getDragboard())) {
                        event.acceptTransferModes(javafx.scene.input.TransferMode.COPY);
                    }
                });
        content.setOnDragDropped(
                event -> {
                    dropped.add(Dragged.from(event.getDragboard()));
                    event.setDropCompleted(true);
                });
        Node filter = robot.lookup(".filter-field").query();
        robot.drag("Setpoint", MouseButton.PRIMARY).dropTo(filter);

        assertThat(dropped).hasSize(1);
        assertThat(dropped.get(0).items().get(0).ref().tag()).isEqualTo("Setpoint");
        assertThat(dropped.get(0).items().get(0).device()).isEqualTo("boiler");
    }

    private static Button named(FxRobot robot, String name) {
        return robot.lookup(".button").queryAll().stream()
                .map(Button.class::cast)
                .filter(button -> name.equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + name));
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.interact(() -> field(robot, field).setText(text));
    }

    private static TextInputControl field(FxRobot robot, String name) {
        return robot.lookup(".text-input").queryAll().stream()
                .map(TextInputControl.class::cast)
                .filter(input -> name.equals(input.getAccessibleText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + name));
    }

    /** A server at whatever port is asked. */
    private static final class OneServer implements Discovery {
        @Override
        public int port() {
            return 4840;
        }

        @Override
        public List<Integer> otherPorts() {
            return List.of();
        }

        @Override
        public CompletionStage<List<FoundDevice>> at(String host, int port, Duration timeout) {
            return CompletableFuture.completedStage(
                    List.of(
                            new FoundDevice(
                                    "opc.tcp://" + host + ":" + port, "Filler", List.of(), true)));
        }
    }

    /** Writes whole numbers to what the scripted driver reads. */
    private record RecordingWrites(ScriptedDriver driver) implements Writes {
        @Override
        public CompletionStage<Value> parse(String address, String text) {
            return CompletableFuture.completedStage(Value.of(Long.parseLong(text)));
        }

        @Override
        public CompletionStage<WriteResult> write(String address, Value value) {
            driver.values.put(address, Sample.good(value, Instant.now()));
            return CompletableFuture.completedStage(WriteResult.answered(Status.GOOD, null));
        }
    }

    /** A method that doubles. */
    private record OneMethod(List<String> called) implements Methods {
        @Override
        public CompletionStage<Method> method(String address) {
            Argument speed =
                    new Argument("speed", "Double", "i=11", -1, "Turns a minute", List.of());
            Argument twice = new Argument("twice", "Double", "i=11", -1, "", List.of());
            return CompletableFuture.completedStage(
                    new Method(
                            address,
                            "Mix",
                            "Mixes a batch.",
                            true,
                            List.of(new Owner("s=F1", "Filler01")),
                            List.of(speed),
                            List.of(twice)));
        }

        @Override
        public CompletionStage<List<Value>> parse(Method method, List<String> texts) {
            return texts.get(0).equals("fast")
                    ? CompletableFuture.failedStage(
                            new DeviceException(
                                    Kind.BAD_ADDRESS,
                                    "speed: 'fast' is not a Double",
                                    "Give a number."))
                    : CompletableFuture.completedStage(
                            List.of(Value.of(Double.parseDouble(texts.get(0)))));
        }

        @Override
        public CompletionStage<Outcome> call(Method method, String object, List<Value> arguments) {
            double speed = ((Value.Numeric) arguments.get(0)).asDouble();
            called.add(object + " " + speed);
            return CompletableFuture.completedStage(
                    new Outcome(Status.GOOD, List.of(), List.of(Value.of(2 * speed))));
        }
    }
}
