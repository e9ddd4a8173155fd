/**
 * Payloads as text in colours. RichTextFX was measured first: making its first text area held the
 * FX thread for 400 ms, for payloads that mostly have five lines.
 */
package io.fieldloom.ui.kit.code;
