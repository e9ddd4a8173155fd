/** The tab that publishes typed messages. */
package io.fieldloom.ui.publish;
