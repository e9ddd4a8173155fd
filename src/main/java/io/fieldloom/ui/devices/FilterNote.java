package io.fieldloom.ui.devices;

import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Tip;
import java.util.List;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;

/**
 * Says below the filter that it looks only in branches that were opened, and leads to the search of
 * whole servers. Shown while something is filtered and a server could have more. FX thread only.
 */
final class FilterNote {
    /** One letter is in almost every name. */
    private static final int LEAST_SEARCHED = 2;

    private static final int MOST_SERVERS = 3;

    private final DevicesServices services;
    private final ColumnPane pane;
    private final FlowPane line = new FlowPane(6, 2);
    private String text = "";
    private List<String> offered = List.of();

    FilterNote(DevicesServices services, ColumnPane pane) {
        this.services = services;
        this.pane = pane;
        line.getStyleClass().add("column-note");
    }

    /** Takes what is filtered for. */
    void filtered(String typed) {
        text = typed.strip();
        refresh();
    }

    /** Follows which servers are connected. */
    void refresh() {
        List<String> servers = text.length() < LEAST_SEARCHED ? List.of() : servers();
        if (!servers.equals(offered)) {
            offered = servers;
            line.getChildren().setAll(new Label("Looks in opened branches. The whole server:"));
            servers.forEach(server -> line.getChildren().add(link(server)));
            pane.note(servers.isEmpty() ? null : line);
        }
    }

    private List<String> servers() {
        return services.project().get().devices().keySet().stream()
                .filter(
                        device ->
                                services.registry()
                                        .link(device)
                                        .flatMap(link -> link.capability(NodeSearch.class))
                                        .isPresent())
                .limit(MOST_SERVERS)
                .toList();
    }

    private Hyperlink link(String server) {
        Hyperlink link = new Hyperlink(server);
        link.setAccessibleText("Search all of " + server);
        Tip.set(link, "Searches all of " + server + "  (Ctrl+K searches everything)");
        link.setOnAction(event -> services.search().accept(server, text));
        return link;
    }
}
