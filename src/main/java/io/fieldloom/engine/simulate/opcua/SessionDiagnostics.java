package io.fieldloom.engine.simulate.opcua;

import java.util.UUID;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.factories.NodeFactory;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.util.Tree;

/**
 * Makes the server library learn the shape of a session's diagnostics before the first client
 * comes. It keeps what it learned for all servers of this process; if it first learned while a
 * server was being stopped, it would keep half of it, and each later session of any server would
 * log an error.
 */
final class SessionDiagnostics {
    private SessionDiagnostics() {}

    /** Makes one such object and takes it away again. */
    static void learn(UaNodeContext context) throws UaException {
        Tree<UaNode> made =
                new NodeFactory(context)
                        .createNodeTree(
                                new NodeId(1, UUID.randomUUID()),
                                NodeIds.SessionDiagnosticsObjectType,
                                new NodeFactory.InstantiationCallback() {});
        made.traverse(
                node -> {
                    if (node != null) { // an optional one that was not made
                        context.getNodeManager().removeNode(node);
                    }
                });
    }
}
