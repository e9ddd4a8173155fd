package io.fieldloom.app.window;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.traffic.TrafficDesk;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The traffic column's way into the open project. */
final class WindowTrafficDesk implements TrafficDesk {
    private final OpenProject open;
    private final Consumer<String> showMapping;
    private final Consumer<Message> publishLike;

    /**
     * @param showMapping shows the mapping of a topic
     * @param publishLike fills the publish form
     */
    WindowTrafficDesk(
            OpenProject open, Consumer<String> showMapping, Consumer<Message> publishLike) {
        this.open = open;
        this.showMapping = showMapping;
        this.publishLike = publishLike;
    }

    @Override
    public TrafficStore store() {
        return open.traffic().store();
    }

    @Override
    public TrafficWatch.State watched() {
        return open.traffic().state();
    }

    @Override
    public boolean isEmbedded() {
        return open.plant().outlets().isEmbedded(watched().broker());
    }

    @Override
    public boolean isReadOnly() {
        return open.editor().readOnly();
    }

    @Override
    public void watchAlso(String filter) {
        open.traffic().add(filter);
    }

    @Override
    public boolean isOurs(String broker, Message message) {
        return open.plant().outlets().retained().isOurs(broker, message);
    }

    @Override
    public Optional<BrokerUrl> url(String broker) {
        return open.plant().outlets().url(broker);
    }

    @Override
    public CompletionStage<Integer> send(String broker, Publication publication) {
        return open.byHand().send(broker, publication);
    }

    @Override
    public boolean hasMapping(String topic) {
        return open.editor().project().mappings().containsKey(topic);
    }

    @Override
    public void goToMapping(String topic) {
        showMapping.accept(topic);
    }

    @Override
    public void publishLike(Message message) {
        publishLike.accept(message);
    }
}
