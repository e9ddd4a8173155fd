package io.fieldloom.engine.device.opcua;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * When bytes last came in. Data is a sign of life like any keep-alive: servers skip keep-alives
 * while data flows, and a long answer over a slow line is no silence.
 */
@Sharable
final class Pulse extends ChannelInboundHandlerAdapter {
    private volatile long lastNanos = System.nanoTime();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        beat();
        context.fireChannelRead(message);
    }

    void beat() {
        lastNanos = System.nanoTime();
    }

    /** How long nothing came in. */
    long silentNanos(long now) {
        return now - lastNanos;
    }
}
