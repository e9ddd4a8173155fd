package io.fieldloom.engine.project;

import java.util.stream.Stream;

/** Project files as people, editors and other programs leave them. */
final class NastyFiles {
    private NastyFiles() {}

    private static final String COMMENTED =
            """
            # \uD83C\uDF7E head
            fieldloom: 1   # format
            'name':   "Hall: \\"A\\""   # it's
            defaults:
                # broker first
                broker: "no"
                qos: 0
            brokers:
              "no": { url: 'mqtt://b:1883', "user": ~ }
              # lone comment

            devices:   # all of them
              # --- filler ---
              filler:
                endpoint: opc.tcp://h:4840   # here

                # kept
                tags:
                  # temp
                  '007': {address: "i=85", unit: °C}   # eol
                  on:
                    address: nsu=urn:a;s=b
                    unit: "%"
              boiler: {endpoint: 'modbus-tcp://h', tags: {no: {address: "coil:1"}, y: {address: 'input:3'}}, use: real}
            simulators: {}
            namespace:
              levels:
              - enterprise
              - 'site'   # s
              topics:
                ? acme/prague
                : level: area
                acme/brno:
                acme/x: {}   # empty
            mappings:
              # a
              acme/prague/line-1/a:   # eol key
                device: filler
                tag: "007"   # eol tag
                # above unit
                unit: no
                description: |
                  two
                  lines

              # b block
              # of two

              # attached b
              acme/prague/line-1/b: {device: filler, tag: on, unit: '12:30', qos: 1}   # \uD83D\uDE00
              ? acme/prague/explicit
              : device: boiler
                tag: no
              "acme/\uD83D\uDE00/c": {device: boiler,
                 tag: y,   # inner
                 round: 3
              }
              acme/1e3: { device: boiler, tag: y }
              # trailing
            # end
            """;

    private static final String JSON =
            """
            {
              "fieldloom": 1,
              "name": "json",
              "devices": {"filler": {"endpoint": "opc.tcp://h:4840"}, "boiler": {"endpoint":"modbus-tcp://h","tags":{"no":{"address":"coil:1"}}}},
              "mappings": {
                "acme/a": {"device": "filler", "tag": "i=85"},   # why
                # above b
                "acme/b": {"device":"boiler","tag":"no","round":2},
                "acme/b/c": {"device": "boiler", "tag": "no"}    # last
              }
            }
            """;

    private static final String ONE_LINE =
            "{fieldloom: 1, devices: {filler: {endpoint: modbus-tcp://h}}, mappings: {a/b: {device:"
                    + " filler, tag: x}, a/c: {device: filler, tag: 'y'}, }}";

    private static final String WIDE =
            """
            %YAML 1.2
            --- # document
            fieldloom: 1

            devices:

                filler:

                    endpoint: opc.tcp://h:4840


                boiler:

                    endpoint: modbus-tcp://h
            mappings: # first

                acme/a:

                    device: filler
                    tag: i=85


                acme/b:

                    tag: i=86
                    device: filler
            ...
            """;

    private static final String FLOW_SECTIONS =
            """
            fieldloom: 1
            brokers: {plant: {url: mqtt://b}, }
            devices: { filler: { endpoint: "modbus-tcp://h",
                                 tags: { a: {address: "holding:0"},
                                         b: {address: "holding:1"} } } }
            simulators: {
              sim: {protocol: opcua, nodes: {A/B: {type: Double, signal: sine}}}
            }
            namespace: {levels: [a, "b"], topics: {x: {level: a}, y: }}
            mappings: {
                acme/a: {device: filler, tag: a}
              , acme/b: {device: filler, tag: b}
              , acme/c: {device: filler, tag: b}
            }
            """;

    private static final String NULLS =
            "fieldloom: 1\nname:\ndescription: text\ndefaults:\nbrokers: ~\ndevices:   # none\n"
                    + "simulators: null\nnamespace:\n  topics:\nmappings:";

    private static final String WATCHED =
            """
            fieldloom: 1
            devices:
              filler: {endpoint: "opc.tcp://h:4840"}
            watch:   # beside each other
              # the hot one
              filler-01-temperature: {device: filler, tag: "nsu=urn:acme:filler;s=Filler01.Temperature"}   # °C

              "no":
                tag: 'i=85'   # first
                device: filler
                # slow
                interval: 5s
            mappings:
              acme/x: {device: filler, tag: i=85}
            """;

    static Stream<String> all() {
        return Stream.of(
                COMMENTED,
                COMMENTED.replace("\n", "\r\n"),
                "\uFEFF" + COMMENTED,
                COMMENTED.stripTrailing(),
                COMMENTED.substring(0, COMMENTED.indexOf("  # trailing")).stripTrailing(),
                JSON,
                JSON.replace("\n", "\r\n").stripTrailing(),
                ONE_LINE,
                ONE_LINE + "\n",
                WIDE,
                FLOW_SECTIONS,
                NULLS,
                NULLS + "\n",
                WATCHED,
                WATCHED.replace("\n", "\r\n").stripTrailing());
    }
}
