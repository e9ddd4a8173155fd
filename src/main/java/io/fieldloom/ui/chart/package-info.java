/** Tags over time: the Chart tab draws several as they are now, the History tab lists one. */
package io.fieldloom.ui.chart;
