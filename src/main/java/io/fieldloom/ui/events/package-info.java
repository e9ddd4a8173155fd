/** What devices tell of their own accord: events, and alarms that a person can answer. */
package io.fieldloom.ui.events;
