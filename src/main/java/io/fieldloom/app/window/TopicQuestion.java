package io.fieldloom.app.window;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.plant.OccupiedTopic;
import io.fieldloom.engine.plant.TopicGate;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Asks whether mappings may publish to topics that somebody else uses already. They wait, and the
 * question stays, until it is answered or an edit makes it needless; the rest runs. FX thread only.
 */
final class TopicQuestion {
    private static final int MOST_SHOWN = 4;

    private final UiKit kit;
    private final TopicGate gate;
    private Runnable withdraw = () -> {};

    TopicQuestion(UiKit kit, TopicGate gate) {
        this.kit = kit;
        this.gate = gate;
        gate.askOf(() -> kit.fx().execute(this::ask));
    }

    private void ask() {
        withdraw.run();
        List<OccupiedTopic> waiting = gate.occupied();
        if (waiting.isEmpty()) {
            return;
        }
        withdraw =
                kit.notifications()
                        .ask(
                                words(waiting),
                                Command.named("mappings.publish-over", "Mappings", "Publish there")
                                        .icon(Icon.PLAY)
                                        .does(() -> agree(waiting)));
    }

    static String words(List<OccupiedTopic> waiting) {
        StringBuilder words = new StringBuilder();
        words.append(
                Presentation.count(
                        waiting.size(),
                        "topic is in use by somebody else, so that its mapping waits:",
                        "topics are in use by somebody else, so that their mappings wait:"));
        for (OccupiedTopic each : waiting.subList(0, Math.min(MOST_SHOWN, waiting.size()))) {
            words.append('\n').append(each.topic()).append(": ");
            words.append(each.broker()).append(' ').append(each.what());
        }
        if (waiting.size() > MOST_SHOWN) {
            words.append("\nand ").append(Presentation.count(waiting.size() - MOST_SHOWN));
            words.append(" more");
        }
        return words.toString();
    }

    private void agree(List<OccupiedTopic> waiting) {
        Map<BrokerUrl, List<String>> topics =
                waiting.stream()
                        .collect(
                                Collectors.groupingBy(
                                        OccupiedTopic::url,
                                        Collectors.mapping(
                                                OccupiedTopic::topic, Collectors.toList())));
        topics.forEach(gate::agree);
    }
}
