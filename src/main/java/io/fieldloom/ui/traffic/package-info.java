/**
 * The Live traffic column: the topics that the watched broker carries, and one of them in detail.
 */
package io.fieldloom.ui.traffic;
