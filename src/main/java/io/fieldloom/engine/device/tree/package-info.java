/**
 * The devices of the open project as one tree of rows: address spaces that are browsed as they are
 * opened, and live values of the rows that are on screen.
 */
package io.fieldloom.engine.device.tree;
