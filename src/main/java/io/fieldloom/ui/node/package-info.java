/** The tab that shows all that a device says about the chosen node. */
package io.fieldloom.ui.node;
