/** The watch list: tags of any devices beside each other, as they are now. */
package io.fieldloom.ui.watch;
