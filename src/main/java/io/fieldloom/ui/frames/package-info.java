/** What goes over the wire between Fieldloom and a device, frame by frame. */
package io.fieldloom.ui.frames;
