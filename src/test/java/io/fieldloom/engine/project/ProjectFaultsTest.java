package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.lint.Lint;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that does not validate tells all of its faults, each with its line and key. */
class ProjectFaultsTest {
    private static final String GOOD =
            """
            fieldloom: 1
            brokers:
              plant: {url: "mqtts://broker.acme:8883"}
            devices:
              filler: {endpoint: "opc.tcp://h:4840", interval: 250ms}
              boiler:
                endpoint: modbus-tcp://h
                tags: {Steam: {address: "holding:0"}}
            simulators:
              sim: {protocol: modbus, registers: {"holding:0:float32": {signal: sine}}}
              ua: {protocol: opcua, nodes: {A/B: {type: Int32, signal: states, states: [x]}}}
            mappings:
              acme/a: {device: filler, tag: nsu=urn:a;s=b, qos: 1}
            """;

    private static final String EVERYTHING =
            """
            fieldloom: 1
            name: Bottling hall
            defaults: {broker: plant, payload: json, qos: 1, retain: true}   # broker: the one the window's selector changes
            brokers:                                  # 'embedded' exists without being listed
              plant: {url: "mqtts://broker.acme:8883", user: loom, ca: ca.crt}
            devices:
              filler:
                endpoint: opc.tcp://10.0.0.5:4840/filler
                security: Basic256Sha256/SignAndEncrypt
                user: operator
                interval: 250ms
                simulator: filler-sim
                use: simulated
              capper: {endpoint: "opc.tcp://10.0.0.6", userCert: users/op.crt, userKey: users/op.key}
              boiler:
                endpoint: modbus-tcp://10.0.0.9:502?unit=1
                tags:
                  SteamPressure: {address: "holding:0:float32:CDAB", scale: 0.1, unit: bar}
                  FeedwaterLevel: {address: "holding:2", unit: "%", interval: 5s}
            simulators:
              filler-sim:
                protocol: opcua
                namespace: urn:acme:filler
                nodes:                                # path under Objects; the NodeId is s=Filler01.Temperature
                  Filler01/Temperature: {type: Double, signal: sine, min: 280, max: 360, period: 60s, unit: K}
                  Filler01/State: {type: Int32, signal: states, states: [Stopped, Starting, Running], each: 20s}
                  Filler01/Setpoint: {type: Double, signal: constant, value: 40, writable: true}
            namespace:
              levels: [enterprise, site, area, line, cell]          # names of the levels by depth
              topics:
                acme/prague/utilities/boiler: {level: cell}         # where the depth does not tell, and levels still empty
            mappings:                                 # a mapping is its topic; a topic goes to exactly one broker
              acme/prague/bottling/line-1/filler-01/temperature:
                device: filler
                tag: nsu=urn:acme:filler;s=Filler01.Temperature
                transform: value - 273.15
                round: 2
                unit: °C
              acme/prague/utilities/boiler/steam-pressure: {device: boiler, tag: SteamPressure}
            """;

    private static List<Fault> faults(String text) {
        return ProjectFile.parse(text).faults();
    }

    private static Fault onlyFault(String was, String is) {
        assertThat(GOOD).contains(was);
        List<Fault> faults = faults(GOOD.replace(was, is));
        assertThat(faults).as(is).hasSize(1);
        return faults.get(0);
    }

    @Test
    void goodFileHasNone() {
        assertThat(faults(GOOD)).isEmpty();
    }

    @Test
    void everyKindOfEntryCanBeWritten() {
        LoadedProject loaded = ProjectFile.parse(EVERYTHING);
        assertThat(loaded.faults()).isEmpty();
        assertThat(Lint.lint(loaded.project(), any -> Optional.empty()).list()).isEmpty();
        assertThat(loaded.project().devices().get("capper").login())
                .isEqualTo(DeviceLogin.ofCertificate("users/op.crt", "users/op.key"));
        assertThat(loaded.project().levelOf("acme/prague/utilities/boiler")).isEqualTo("cell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    interval: 250ms     | intervall: 250ms   | 5 | devices.filler.intervall | Did you mean 'interval'
                    interval: 250ms     | colour: red        | 5 | devices.filler.colour    | newer Fieldloom may have written it
                    interval: 250ms     | interval: 250      | 5 | devices.filler.interval  | not a duration
                    interval: 250ms     | interval: 0ms      | 5 | devices.filler.interval  | longer than nothing
                    interval: 250ms     | use: simulatd      | 5 | devices.filler.use       | did you mean simulated
                    interval: 250ms     | security: None     | 5 | devices.filler.security  | POLICY/MODE
                    interval: 250ms     | userCert: a.crt    | 5 | devices.filler.userCert  | a userCert needs a userKey beside it
                    interval: 250ms     | userKey: a.key     | 5 | devices.filler.userKey   | a userKey needs the userCert
                    interval: 250ms     | userCert: a, userKey: b, user: op | 5 | devices.filler.userCert | a user or a userCert, not both
                    interval: 250ms     | userCert: " ", userKey: b | 5 | devices.filler.userCert | is a file, not ' '
                    "opc.tcp://h:4840"  | modbus-tcp://h, userCert: a, userKey: b | 5 | devices.filler.userCert | Modbus has no users
                    interval: 250ms     | endpoint: x        | 5 | devices.filler.endpoint  | is there twice
                    opc.tcp://h:4840    | opc.tcp://h:99999  | 5 | devices.filler.endpoint  | a port is 1 to 65535
                    opc.tcp://h:4840    | http://h           | 5 | devices.filler.endpoint  | not a protocol
                    modbus-tcp://h      | modbus-tcp://h?u=1 | 7 | devices.boiler.endpoint  | unknown key 'u'
                    "holding:0"}        | "holding:0.99"}    | 8 | devices.boiler.tags.Steam.address | a bit is 0 to 15
                    Steam:              | St eam:            | 8 | devices.boiler.tags.St eam | is not a name
                    boiler:             | boi ler:           | 6 | devices.boi ler          | is not a name
                    plant:              | embedded:          | 3 | brokers.embedded         | the broker that Fieldloom starts
                    mqtts://broker      | http://broker      | 3 | brokers.plant.url        | is not a broker
                    qos: 1}             | qos: 3}            | 13 | mappings.acme/a.qos     | from 0 to 2
                    qos: 1}             | qos: one}          | 13 | mappings.acme/a.qos     | whole number
                    qos: 1}             | qos: "1"}          | 13 | mappings.acme/a.qos     | the text "1"
                    qos: 1}             | retain: yes}       | 13 | mappings.acme/a.retain  | true or false
                    qos: 1}             | payload: xml}      | 13 | mappings.acme/a.payload | json or plain
                    nsu=urn:a;s=b       | ns=2;s=b           | 13 | mappings.acme/a.tag     | write nsu=URI;s=NAME
                    nsu=urn:a;s=b       | i=x                | 13 | mappings.acme/a.tag     | i= takes a number
                    device: filler,     | unit: x,           | 13 | mappings.acme/a.device  | 'device' is missing
                    {signal: sine}      | {signal: sinus}    | 10 | simulators.sim.registers.holding:0:float32.signal | sine
                    {signal: sine}      | {min: 2, max: 1}   | 10 | simulators.sim.registers.holding:0:float32.min | min is not above max
                    {signal: sine}      | {type: Double}     | 10 | simulators.sim.registers.holding:0:float32.type | is float32 already
                    {signal: sine}}     | {signal: sine}, "holding:1": {signal: sine}} | 10 | simulators.sim.registers.holding:1 | overlaps 'holding:0:float32'
                    {signal: sine}      | {signal: walk, bad: {every: 1s}} | 10 | simulators.sim.registers.holding:0:float32.bad.for | is missing
                    protocol: modbus    | protocol: modbus, nodes: {} | 10 | simulators.sim.nodes | a modbus simulator has registers
                    Int32               | Integer            | 11 | simulators.ua.nodes.A/B.type | not a type
                    , states: [x]       | ^^                 | 11 | simulators.ua.nodes.A/B | lists them
                    A/B:                | A//B:              | 11 | simulators.ua.nodes.A//B | part of it is empty
                    fieldloom: 1        | fieldloom: 0       | 1 | fieldloom                | there is no format 0
                    fieldloom: 1        | name: x            | 1 | fieldloom                | 'fieldloom' is missing
                    """)
    void saysWhereAndWhy(String was, String is, int line, String key, String words) {
        Fault fault = onlyFault(was, is == null ? "" : is);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.key()).isEqualTo(key);
        assertThat(fault.message()).contains(words).doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    interval: 250ms | interval: &fast 250ms | 5 | an anchor (&fast)
                    interval: 250ms | interval: !!str 250ms | 5 | a tag
                    interval: 250ms | <<: {user: x}         | 5 | a merge key
                    """)
    void refusesWhatHidesMeaning(String was, String is, int line, String words) {
        Fault fault = onlyFault(was, is);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.message()).contains(words);
    }

    @Test
    void refusesAliasesAndFurtherDocuments() {
        assertThat(faults(GOOD + "name: &n x\ndescription: *n\n"))
                .extracting(Fault::line)
                .containsExactly(14, 15);
        Fault second = faults(GOOD + "---\nfieldloom: 1\n").get(0);
        assertThat(second.line()).isEqualTo(14);
        assertThat(second.message()).contains("second document");
    }

    @Test
    void tellsAllFaultsInOnePass() {
        String text =
                GOOD.replace("interval: 250ms", "intervall: 1s")
                        .replace("qos: 1", "qos: 9")
                        .replace("Int32", "int");
        assertThat(faults(text)).extracting(Fault::line).containsExactly(5, 11, 13);
    }

    @Test
    void ofTextThatIsNoYamlTellsThatOnly() {
        List<Fault> faults = faults("fieldloom: 1\nnaem: x\ndevices:\n\tfiller: {}\n");
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).line()).isEqualTo(4);
        assertThat(faults.get(0).message()).startsWith("not valid YAML: ").contains("tabs");
        assertThat(faults("a: [1, 2\n")).hasSize(1);
        assertThat(faults("a: \u0007\n").get(0).line()).isEqualTo(1);
    }

    @Test
    void newerFormatIsTheOnlyFault() {
        List<Fault> faults = faults("fieldloom: 2\nclouds: {}\n");
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).message()).contains("newer").contains("Update Fieldloom");
    }

    @Test
    void bytesThatAreNotUtf8AreAFaultInTheirLine() {
        byte[] bytes = "fieldloom: 1\nname: M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1);
        Fault fault = ProjectFile.parse(bytes).faults().get(0);
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.column()).isEqualTo(8);
        assertThat(fault.message()).contains("0xFC").contains("UTF-8");
    }

    @Test
    void emptyFilesAndListsAreNoProjects() {
        assertThat(faults("")).hasSize(1);
        assertThat(faults("# nothing\n")).hasSize(1);
        assertThat(faults("- a\n")).hasSize(1);
        assertThat(faults("text")).hasSize(1);
        assertThat(faults("[".repeat(10_000))).hasSize(1);
    }

    @Test
    void scalarsWhereTextIsExpectedAreTheTextAsWritten() {
        LoadedProject loaded =
                ProjectFile.parse(
                        """
                        fieldloom: 1
                        name: 2026
                        devices:
                          on: {endpoint: "modbus-tcp://h", tags: {007: {address: "coil:1", unit: ~}}}
                        mappings:
                          1e3: {device: on, tag: 007, transform: 12:30}
                        """);
        assertThat(loaded.faults()).isEmpty();
        assertThat(loaded.project().name()).isEqualTo("2026");
        assertThat(loaded.project().devices().get("on").tags().get("007").unit()).isEqualTo("~");
        assertThat(loaded.project().mappings().get("1e3").source())
                .isEqualTo(new TagRef("on", "007"));
    }

    @Test
    void longTopicsCanBeReadEitherWay() {
        String topic = "acme/" + "x".repeat(995);
        for (String key : List.of(topic + ":", "? " + topic + "\n  :", "\"" + topic + "\":")) {
            LoadedProject loaded =
                    ProjectFile.parse(
                            "fieldloom: 1\nmappings:\n  " + key + " {device: d, tag: t}\n");
            assertThat(loaded.faults()).isEmpty();
            assertThat(loaded.project().mappings()).containsKey(topic);
        }
    }

    @Test
    void fileWithFaultsIsOpenForReadingOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.fieldloom.yaml");
        Files.writeString(file, GOOD + "mappigns: {}\n");
        ProjectEditor editor = ProjectEditor.open(file, new Home(folder));
        assertThat(editor.readOnly()).isTrue();
        assertThat(editor.project().devices()).containsKey("filler");
        assertThatThrownBy(() -> editor.apply(new Edit.SetName("x")))
                .isInstanceOf(EditRefused.class)
                .hasMessageContaining("line 14");
    }

    @Test
    void whatCannotBeReadSaysWhy(@TempDir Path folder) {
        assertThatThrownBy(() -> ProjectFile.load(folder.resolve("none.fieldloom.yaml")))
                .isInstanceOf(ProjectUnreadable.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> ProjectFile.load(folder))
                .isInstanceOf(ProjectUnreadable.class)
                .hasMessageContaining("is a folder");
    }
}
