/** The tab that shows the program's log in the engineer's words. */
package io.fieldloom.ui.log;
