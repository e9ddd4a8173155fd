/** The tab that shows the project's simulators. */
package io.fieldloom.ui.simulators;
