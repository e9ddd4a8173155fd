/** The tab that lists what is wrong with the design, its file and the running mappings. */
package io.fieldloom.ui.problems;
