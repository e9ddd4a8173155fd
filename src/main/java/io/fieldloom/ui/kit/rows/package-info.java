/**
 * Trees and tables on screen as virtual rows: a flat list over an engine index, of which only the
 * visible rows have nodes. {@link io.fieldloom.ui.kit.rows.VirtualRows} is the control.
 */
package io.fieldloom.ui.kit.rows;
