/**
 * The project file: read, validated, edited in place and saved byte-true. {@link
 * io.fieldloom.engine.project.ProjectEditor} owns the open project. The only package that knows
 * YAML.
 */
package io.fieldloom.engine.project;
