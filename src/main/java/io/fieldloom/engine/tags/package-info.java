/** Tag lists that other programs export, as devices and tags of ours. */
package io.fieldloom.engine.tags;
