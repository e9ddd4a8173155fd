/** The Namespace column: the designed topic tree, its mappings, and what they publish now. */
package io.fieldloom.ui.namespace;
