package io.fieldloom.engine.simulate.opcua;

import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;

/** A method without arguments that does one thing. */
final class ResetMethod extends AbstractMethodInvocationHandler {
    private final Runnable reset;

    ResetMethod(UaMethodNode node, Runnable reset) {
        super(node);
        this.reset = reset;
    }

    @Override
    public Argument[] getInputArguments() {
        return new Argument[0];
    }

    @Override
    public Argument[] getOutputArguments() {
        return new Argument[0];
    }

    @Override
    protected Variant[] invoke(InvocationContext context, Variant[] inputs) {
        reset.run();
        return new Variant[0];
    }
}
