/**
 * The plant's words as immutable values and pure functions: no I/O, no threads, no clock. Imports
 * {@code java.*} and {@code org.pcollections} only, so that every rule in it can be tested alone.
 */
package io.fieldloom.domain;
