/** The window around the features: toolbar, columns, bottom tabs, status bar, palette. */
package io.fieldloom.ui.workbench;
