package io.fieldloom.ui.workbench;

import java.util.function.Supplier;
import javafx.scene.Node;

/**
 * One tab at the bottom.
 *
 * @param id stable, lower case
 * @param name what it is
 * @param count what follows the name, or the empty text; asked several times a second
 * @param height what its content needs to be of use, or 0
 * @param content made when it is first shown
 */
public record Tab(
        String id, String name, Supplier<String> count, double height, Supplier<Node> content) {}
