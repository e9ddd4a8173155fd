/** Problems of a design that a file may have and still open: pure functions over a project. */
package io.fieldloom.domain.lint;
