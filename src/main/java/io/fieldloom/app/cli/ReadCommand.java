package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code read ENDPOINT ADDRESS...}: one answer for each address, in the order given. */
@Command(name = "read", description = "Read values once.")
final class ReadCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private EndpointOptions device;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ADDRESS",
            description =
                    "nsu=URI;s=NAME, ns=2;s=NAME or i=NUMBER of an OPC UA node;"
                            + " TABLE:ADDRESS[.BIT][:TYPE[:ORDER]] of a Modbus device, counted"
                            + " from 0 (holding:0x0E is hexadecimal), or 40001[:TYPE[:ORDER]] and"
                            + " 4x00001 as its manual counts, from 1.")
    private List<String> addresses;

    @Option(names = "--json", description = "Answer with one JSON array.")
    private boolean json;

    ReadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, Shell.Stopped, InterruptedException {
        Addresses.check(device.endpoint(), addresses);
        Addresses.tell(shell, device.endpoint(), addresses);
        try (DeviceConnection connection = DeviceConnection.open(shell, device)) {
            List<String> answered = Addresses.answered(connection, addresses);
            List<Sample> samples = connection.answer(connection.session().read(answered));
            List<String> types = types(connection, answered);
            if (json) {
                new JsonOutput(shell).document(out -> write(out, answered, samples, types));
            } else {
                print(answered, samples, types);
            }
            return judge(answered, samples);
        }
    }

    private List<String> types(DeviceConnection connection, List<String> answered)
            throws CommandFailure, Shell.Stopped, InterruptedException {
        Optional<TypeNames> names = connection.capability(TypeNames.class);
        return names.isPresent()
                ? connection.answer(names.get().typeNames(answered))
                : Collections.nCopies(answered.size(), null);
    }

    private static void write(
            JsonGenerator out, List<String> addresses, List<Sample> samples, List<String> types)
            throws IOException {
        out.writeStartArray();
        for (int at = 0; at < addresses.size(); at++) {
            Sample sample = samples.get(at);
            out.writeStartObject();
            out.writeStringField("address", addresses.get(at));
            JsonOutput.value(out, "value", sample.value());
            out.writeStringField("status", sample.status().name());
            if (types.get(at) != null) {
                out.writeStringField("type", types.get(at));
            }
            if (sample.sourceTime() != null) {
                out.writeStringField("sourceTime", PayloadEncoder.time(sample.sourceTime()));
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void print(List<String> addresses, List<Sample> samples, List<String> types) {
        Columns columns = new Columns();
        for (int at = 0; at < addresses.size(); at++) {
            Sample sample = samples.get(at);
            columns.row(
                    addresses.get(at),
                    WireValue.text(sample.value()),
                    sample.status().name(),
                    types.get(at) == null ? "" : types.get(at),
                    sample.sourceTime() == null ? "" : PayloadEncoder.time(sample.sourceTime()));
        }
        columns.print(shell.out());
    }

    private int judge(List<String> answered, List<Sample> samples) throws CommandFailure {
        List<Integer> faults =
                IntStream.range(0, samples.size())
                        .filter(at -> !samples.get(at).status().isGood())
                        .boxed()
                        .toList();
        if (faults.isEmpty()) {
            return 0;
        }
        String status = samples.get(faults.get(0)).status().name();
        String first =
                device.endpoint().authority()
                        + ": "
                        + answered.get(faults.get(0))
                        + " is "
                        + status;
        throw CommandFailure.no(
                faults.size() == 1 ? first : first + ", and " + (faults.size() - 1) + " more",
                StatusAdvice.of(status));
    }
}
