package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.GuardedWrite.Outcome;
import io.fieldloom.engine.device.GuardedWrite.Verdict;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a write has arrived is the one thing that must be told as it is. */
class WriteVerdictTest {
    private static final int READ = 3;
    private static final String QUICK = "timeout=100ms&retries=0";

    @TempDir Path folder;
    private Home home;

    @BeforeEach
    void begin() {
        home = new Home(folder);
    }

    private GuardedWrite guard(Plug plug) {
        return GuardedWrite.over(
                plug.session,
                "boiler",
                new AuditLog(home, "tester"),
                Runnable::run,
                Clock.systemUTC());
    }

    private Outcome written(Plug plug, String address, String text) throws Exception {
        GuardedWrite guard = guard(plug);
        return Plug.await(guard.carryOut(Plug.await(guard.propose(address, text))));
    }

    private String audit() throws IOException {
        return Files.readString(home.audit().resolve("audit.log"));
    }

    private static FakeDevice.Behaviour answering(FakeDevice.Behaviour writes) {
        return (request, reply) -> {
            if (request.function() == READ) {
                reply.honestly();
            } else {
                writes.on(request, reply);
            }
        };
    }

    @Test
    void withoutAnAnswerNobodyKnows() throws Exception {
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> {}));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(written(plug, "holding:7", "7").verdict())
                    .as("it was there before")
                    .isEqualTo(Verdict.UNKNOWN);
            assertThat(audit()).contains("\"status\":\"Unknown: BadTimeout\"");
        }
    }

    @Test
    void aBrokenConnectionIsNoRefusal() throws Exception {
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> reply.reset()));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(audit()).contains("Unknown: ");
        }
    }

    @Test
    void aDeviceThatHasBegunHasNotRefused() throws Exception {
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> reply.exception(5)));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.UNKNOWN);
        }
    }

    @Test
    void whatIsReadBackShowsThatItArrived() throws Exception {
        boolean[] written = {false};
        FakeDevice.Behaviour slow =
                (request, reply) -> {
                    if (request.function() != READ) {
                        written[0] = true;
                    } else {
                        byte[] answer = reply.honest();
                        answer[answer.length - 1] = (byte) (written[0] ? 9 : 7);
                        reply.send(answer);
                    }
                };
        try (FakeDevice device = new FakeDevice(slow);
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.ARRIVED);
        }
    }

    @Test
    void anExceptionIsARefusalAndAnEchoIsNot() throws Exception {
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> reply.exception(2)));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.REFUSED);
            assertThat(audit()).contains("\"status\":\"BadIllegalDataAddress (2)\"");
        }
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> reply.honestly()));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            assertThat(written(plug, "holding:7", "9").verdict()).isEqualTo(Verdict.DIFFERENT);
            assertThat(written(plug, "holding:7", "7").verdict()).isEqualTo(Verdict.CONFIRMED);
        }
    }

    @Test
    void whatWasNeverSentIsNotUnknown() throws Exception {
        try (FakeDevice device = new FakeDevice(answering((request, reply) -> reply.honestly()));
                Plug plug = Plug.connected(device.endpoint(QUICK))) {
            GuardedWrite guard = guard(plug);
            GuardedWrite.Proposal proposal = Plug.await(guard.propose("holding:7", "9"));
            plug.session.close();

            assertThatThrownBy(() -> Plug.await(guard.carryOut(proposal)))
                    .isInstanceOf(DeviceException.class);
            assertThat(audit()).contains("\"status\":\"NotSent: ").doesNotContain("Unknown");
            assertThat(device.requests()).allMatch(request -> request.function() == READ);
        }
    }
}
