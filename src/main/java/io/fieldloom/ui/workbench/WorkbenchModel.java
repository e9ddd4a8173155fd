package io.fieldloom.ui.workbench;

import java.util.List;

/**
 * What the window asks of the program around it. Called on the FX thread unless it says otherwise,
 * several times a second: answers come from memory.
 */
public interface WorkbenchModel {
    WorkbenchState state();

    /** The brokers that the selector offers. */
    List<BrokerChoice> brokers();

    /** Makes a broker the default one. */
    void chooseBroker(String name);

    /** Tags and topics that match a text, best first. Called on a background thread. */
    List<SearchHit> search(String text, int most);

    /**
     * A broker in the selector.
     *
     * @param name its name in the project
     * @param title as a person reads it, with its address
     * @param chosen whether it is the default one
     */
    record BrokerChoice(String name, String title, boolean chosen) {}
}
