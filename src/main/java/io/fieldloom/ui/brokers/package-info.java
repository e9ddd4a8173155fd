/** The brokers of the project: choosing, adding, testing and changing them. */
package io.fieldloom.ui.brokers;
