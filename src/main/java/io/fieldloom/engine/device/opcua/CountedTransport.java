package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.LinkCounts;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;

/**
 * Counts requests and answers on their way. Publish requests are left out: they wait at the server
 * until it has something to tell, so that their time says nothing about the way.
 */
final class CountedTransport extends OpcTcpClientTransport {
    private final LinkCounts counts;

    CountedTransport(OpcTcpClientTransportConfig config, LinkCounts counts) {
        super(config);
        this.counts = counts;
    }

    @Override
    public CompletableFuture<UaResponseMessageType> sendRequestMessage(
            UaRequestMessageType request) {
        CompletableFuture<UaResponseMessageType> answering = super.sendRequestMessage(request);
        if (!(request instanceof PublishRequest)) {
            counts.sent();
            long begin = System.nanoTime();
            answering.whenComplete((answer, failure) -> count(begin, answer, failure));
        }
        return answering;
    }

    private void count(long begin, UaResponseMessageType answer, Throwable failure) {
        if (failure == null) {
            counts.answered(System.nanoTime() - begin, answer instanceof ServiceFault);
        } else if (failure instanceof UaServiceFaultException) {
            counts.answered(System.nanoTime() - begin, true);
        } else if (UaException.extractStatusCode(failure)
                .filter(status -> status.value() == StatusCodes.Bad_Timeout)
                .isPresent()) {
            counts.timeout();
        } else {
            counts.fault();
        }
    }
}
