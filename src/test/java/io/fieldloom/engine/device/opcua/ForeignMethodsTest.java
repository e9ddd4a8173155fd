package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.GuardedCall;
import io.fieldloom.engine.device.GuardedCall.Proposal;
import io.fieldloom.engine.device.Methods;
import io.fieldloom.engine.device.Methods.Argument;
import io.fieldloom.engine.device.Methods.Method;
import io.fieldloom.engine.device.Methods.Outcome;
import io.fieldloom.engine.device.Methods.Owner;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods of a server that we did not write. */
@Tag("foreign")
class ForeignMethodsTest {
    private static final String FILLER = "nsu=urn:foreign:filler;s=";

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private Methods methods;
    private GuardedCall guard;

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start();
        var session = bench.connected(server.endpoint(), new OpcUaBench.Events());
        methods = session.capability(Methods.class).orElseThrow();
        guard =
                GuardedCall.over(
                        session,
                        server.endpoint(),
                        AuditLog.of(bench.home),
                        Runnable::run,
                        Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    private Method mix() throws Exception {
        return answer(methods.method(FILLER + "Mix"));
    }

    private CompletionStage<Proposal> propose(Method method, String... texts) {
        return guard.propose(method, null, List.of(texts));
    }

    @Test
    void saysWhatAMethodTakesAndGives() throws Exception {
        Method mix = mix();

        assertThat(mix.name()).isEqualTo("Mix");
        assertThat(mix.description()).isEqualTo("Mixes a batch.");
        assertThat(mix.executable()).isTrue();
        assertThat(mix.objects()).containsExactly(new Owner(FILLER + "Machine", "Machine"));
        assertThat(mix.inputs())
                .extracting(Argument::name, Argument::typeText, Argument::description)
                .containsExactly(
                        tuple("speed", "Double", "Turns a minute"),
                        tuple("mode", "MachineState", ""),
                        tuple("steps", "Int32[]", ""));
        assertThat(mix.inputs().get(1).choices()).containsExactly("Stopped", "Starting", "Running");
        assertThat(mix.outputs())
                .extracting(Argument::typeText)
                .containsExactly("Int32", "MachineState", "String[]");
    }

    @Test
    void callsWithTypedArgumentsAndKeepsTheAudit() throws Exception {
        Outcome outcome =
                answer(guard.carryOut(answer(propose(mix(), "2.5", "Running", "[1, -2, 30]"))));

        assertThat(outcome.status()).isEqualTo(Status.GOOD);
        assertThat(outcome.outputs())
                .containsExactly(
                        Value.of(29),
                        new Value.Enumerated(20, "Running"),
                        new Value.Array(List.of(Value.of("speed"), Value.of("2.5"))));
        assertThat(Files.readString(bench.home.audit().resolve("audit.log")))
                .contains(FILLER + "Mix on " + FILLER + "Machine")
                .contains("\"new\":[2.5,\"Running\",[1,-2,30]]")
                .contains("\"status\":\"Called: Good\"");
    }

    @Test
    void namesTheArgumentThatTheServerRefuses() throws Exception {
        Method mix = mix();

        Outcome outcome = answer(guard.carryOut(answer(propose(mix, "101", "0", "[]"))));

        assertThat(outcome.status().isBad()).isTrue();
        assertThat(outcome.words(mix)).isEqualTo("BadInvalidArgument (speed: BadOutOfRange)");
        assertThat(outcome.outputs()).isEmpty();
    }

    // Nothing of these may reach the machine.
    @Test
    void refusesArgumentsThatDoNotFitBeforeAnythingIsSent() throws Exception {
        Method mix = mix();

        assertThat(failure(propose(mix, "fast", "0", "[]")))
                .hasMessageContaining("speed")
                .hasMessageContaining("'fast' is not a value of type Double");
        assertThat(failure(propose(mix, "1", "0", "1 2"))).hasMessageContaining("is not an array");
        assertThat(failure(propose(mix, "1", "0", "[1.5]"))).hasMessageContaining("Int32");
        assertThat(failure(propose(mix, "1"))).hasMessageContaining("it takes 3 arguments, not 1");
        assertThat(bench.home.audit().resolve("audit.log")).doesNotExist();
    }

    // The wrong machine must not start because two share a method.
    @Test
    void asksForTheObjectWhereSeveralShareAMethod() throws Exception {
        Method shared = answer(methods.method(FILLER + "Shared"));

        assertThat(failure(propose(shared)))
                .hasMessageContaining("Machine")
                .hasMessageContaining("Twin");
        Proposal onTwin = answer(guard.propose(shared, FILLER + "Twin", List.of()));
        assertThat(answer(guard.carryOut(onTwin)).status()).isEqualTo(Status.GOOD);
    }

    @Test
    void whatIsNoMethodIsABadAddress() throws Exception {
        assertThat(failure(methods.method(FILLER + "Level")).kind()).isEqualTo(Kind.BAD_ADDRESS);
        assertThat(failure(methods.method(FILLER + "Nope")))
                .hasMessageContaining("BadNodeIdUnknown");
        Proposal elsewhere = answer(guard.propose(mix(), FILLER + "Nope", List.of("1", "0", "[]")));
        assertThat(answer(guard.carryOut(elsewhere)).status().name()).startsWith("BadNodeId");
    }
}
