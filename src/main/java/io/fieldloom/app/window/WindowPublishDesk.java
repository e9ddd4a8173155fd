package io.fieldloom.app.window;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.ui.publish.PublishDesk;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The publish form's way into the open project. */
final class WindowPublishDesk implements PublishDesk {
    private final OpenProject open;

    WindowPublishDesk(OpenProject open) {
        this.open = open;
    }

    @Override
    public Project project() {
        return open.editor().project();
    }

    @Override
    public Optional<BrokerUrl> url(String broker) {
        Broker design = project().brokers().get(broker);
        return design == null
                ? open.plant().broker().url()
                : Optional.of(BrokerUrl.parse(design.url()));
    }

    @Override
    public CompletionStage<Integer> send(String broker, Publication publication) {
        return open.byHand().send(broker, publication);
    }

    @Override
    public List<String> topicsSeen(String text, int most) {
        String part = text.toLowerCase(Locale.ROOT);
        Predicate<String> wanted = topic -> topic.toLowerCase(Locale.ROOT).contains(part);
        Set<String> designed = project().mappings().keySet();
        return Stream.concat(
                        designed.stream().filter(wanted),
                        open.traffic().store().find(wanted, most).stream())
                .distinct()
                .limit(most)
                .toList();
    }

    @Override
    public boolean isRetained(String broker, String topic) {
        return broker.equals(open.traffic().state().broker())
                && open.traffic().store().topic(topic).filter(TopicView::retained).isPresent();
    }
}
