/**
 * What all features of the window share: the one gate to the FX thread, the beat views pull on,
 * background tasks, theme, commands, dialogs, and how things of the plant look. Features never
 * import each other; they meet here.
 */
package io.fieldloom.ui.kit;
