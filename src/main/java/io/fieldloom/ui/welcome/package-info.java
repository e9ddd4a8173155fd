/** What a newcomer sees first: the demo runs, and four short things to try. */
package io.fieldloom.ui.welcome;
