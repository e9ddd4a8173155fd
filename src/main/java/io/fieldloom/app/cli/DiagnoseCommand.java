package io.fieldloom.app.cli;

import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionRequest;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code diagnose ENDPOINT}: which layer between here and the device does not work, and why. */
@Command(name = "diagnose", description = "Explain why a device cannot be reached.")
final class DiagnoseCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnoseCommand.class);
    private static final int[] WIDTHS = {12, 6};

    private final Shell shell;
    private Diagnosis.Layer last;

    @Mixin private EndpointOptions device;

    @Option(names = "--json", description = "Answer with JSON lines.")
    private boolean json;

    DiagnoseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        SessionRequest request = device.request(shell);
        Driver driver = Drivers.forEndpoint(request.endpoint(), shell.home());
        Diagnosis diagnosis =
                driver.diagnosis()
                        .orElseThrow(
                                () ->
                                        CommandFailure.usage(
                                                request.endpoint().text()
                                                        + ": this protocol has no diagnosis",
                                                "Try 'fieldloom read'"));
        if (device.trustServer()) {
            trust();
        }
        if (diagnosis.walk(request, this::show)) {
            return 0;
        }
        throw CommandFailure.noConnection(
                request.endpoint().text() + ": " + last.message(), last.advice(), null);
    }

    private void trust() throws Shell.Stopped, InterruptedException {
        try {
            DeviceConnection.open(shell, device).close();
        } catch (CommandFailure e) {
            LOG.debug("The walk tells it layer by layer", e);
        }
    }

    private void show(Diagnosis.Layer layer) {
        last = layer;
        if (json) {
            new JsonOutput(shell)
                    .object(
                            out -> {
                                out.writeStringField("layer", layer.name());
                                out.writeBooleanField("ok", layer.ok());
                                out.writeStringField("message", layer.message());
                            });
        } else {
            String verdict = layer.ok() ? "ok" : "FAILED";
            shell.out()
                    .println(
                            Columns.line(
                                    new String[] {layer.name(), verdict, layer.message()}, WIDTHS));
        }
    }
}
