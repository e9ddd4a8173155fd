package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.plant.RememberedPasswords;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.Authority;
import io.fieldloom.engine.security.Authority.Wish;
import io.fieldloom.engine.security.Expected;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.Secrets;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A person decides which servers are trusted, in the window. */
@ExtendWith(ApplicationExtension.class)
class CertificateTrustTest {
    private static final String ENDPOINT = "opc.tcp://10.0.0.5:4840";

    @TempDir Path folder;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedDriver driver = new ScriptedDriver();
    private final HandTicker ticker = new HandTicker();
    private final DeviceRegistry registry =
            new DeviceRegistry(
                    List.of(driver),
                    device ->
                            SessionRequest.anonymous(
                                    device.name(), Endpoint.parse(device.endpoint())),
                    pool,
                    timer,
                    Clock.systemUTC());
    private TrustList trust;
    private DevicesServices services;
    private DevicesView view;

    @Start
    void start(Stage stage) {
        Home home = new Home(folder.resolve("home"));
        trust = new TrustList(home);
        ProjectEditor editor =
                ProjectEditor.ofText(
                        "fieldloom: 1\ndevices:\n  filler: {endpoint: \"" + ENDPOINT + "\"}\n",
                        "test",
                        home);
        registry.load(editor.project());
        UiKit kit = UiKit.create(new FxGate(), ticker, pool, new Theme(Theme.Look.DARK));
        services =
                new DevicesServices(
                        kit,
                        editor::project,
                        Optional::empty,
                        new ProjectEdits(kit, editor),
                        registry,
                        List.of(driver),
                        endpoint -> CompletableFuture.completedStage(List.of()),
                        OwnCertificate.ofClient(home),
                        trust,
                        new RememberedPasswords(new Secrets(home)),
                        new ArmedDevices(),
                        new AuditLog(home, "tester"),
                        pool,
                        dragged -> {},
                        (device, text) -> {},
                        tag -> {},
                        dragged -> {},
                        item -> {},
                        new NoCharts());
        view = new DevicesView(services);
        kit.overlay().content(new StackPane(view.node()));
        Scene scene = new Scene(kit.overlay().root(), 1000, 700);
        kit.theme().dress(scene);
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

    @Test
    void theBadgeOfADeviceWhoseCertificateChangedShowsBothAndTheChoice(FxRobot robot)
            throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        PresentedCertificate old = shown(authority.issue("CN=plc", "urn:plc", Wish.good()));
        trust.trust(old);
        PresentedCertificate now = shown(authority.issue("CN=plc", "urn:plc", Wish.good()));
        driver.next().refuse(new DeviceException(Kind.UNTRUSTED, "changed", "Look.", now, null));
        see(robot, "changed");

        robot.clickOn(
                robot.lookup(".warning-badge")
                        .match((Node node) -> node.isVisible())
                        .<Label>query());
        see(robot, "filler shows another certificate");
        assertThat(texts(robot)).anyMatch(text -> text.contains("Trusted on "));
        assertThat(texts(robot).stream().map(CertificateTrustTest::bare))
                .anyMatch(text -> text.endsWith(bare(old.sha256())))
                .anyMatch(text -> text.endsWith(bare(now.sha256())));
        assertThat(button(robot, "Refuse").isFocused())
                .as("Enter alone does not trust it")
                .isTrue();

        robot.interact(() -> button(robot, "Trust the new one, not the old").fire());
        await().until(() -> trust.isTrusted(now.certificate()));
        await().until(() -> !trust.isTrusted(old.certificate()));
    }

    @Test
    void whatIsDroppedOnTheCertificatesIsListedAndCanBeRemoved(FxRobot robot) throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        X509Certificate plc = authority.issue("CN=plc", "urn:plc", Wish.good());
        trust.reject(shown(plc));
        Path ca =
                Authority.pem(
                        folder.resolve("ca.pem"),
                        "CERTIFICATE",
                        authority.certificate.getEncoded());
        Path crl =
                Files.write(
                        folder.resolve("ca.crl"),
                        authority.revoke(Instant.parse("2026-01-02T03:04:05Z"), plc).getEncoded());
        CertificatesDialog dialog = new CertificatesDialog(services);
        robot.interact(dialog::show);
        see(robot, "not trusted");
        assertThat(texts(robot)).as("where it was shown").contains(ENDPOINT);

        robot.interact(() -> dialog.take(List.of(ca.toFile(), crl.toFile())));
        see(robot, "issuer");
        see(robot, "1 revoked, as of 2026-01-02");
        see(robot, "It was revoked by CN=Plant CA on 2026-01-02 (key compromise).");

        robot.clickOn("issuer");
        robot.interact(() -> button(robot, "Remove").fire());
        await().until(() -> trust.kept(KeptCertificate.Kind.ISSUER).isEmpty());
        assertThat(trust.revocations()).isEmpty();
    }

    @Test
    void nobodyRecommendsToBeListenedTo() throws Exception {
        assertThat(OfferList.recommendation(Security.NONE).text()).isEqualTo("the only choice");
        assertThat(OfferList.recommendation(Security.parse("Basic256Sha256/SignAndEncrypt")).text())
                .isEqualTo("recommended");
    }

    private PresentedCertificate shown(X509Certificate certificate) {
        return PresentedCertificate.of(certificate, Expected.ANYTHING, Instant.now())
                .shownAt(ENDPOINT, trust.trustedFor(ENDPOINT), Optional.empty());
    }

    private static String bare(String thumbprint) {
        return thumbprint.replaceAll("[:\n]", "");
    }

    private void see(FxRobot robot, String text) {
        await().until(
                        () -> {
                            robot.interact(ticker::tick);
                            return texts(robot).contains(text);
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
}
