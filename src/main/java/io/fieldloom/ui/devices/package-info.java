/**
 * The Devices column: device tree with live values, adding and editing devices, writing, and the
 * chart of a tag before it is mapped.
 */
package io.fieldloom.ui.devices;
