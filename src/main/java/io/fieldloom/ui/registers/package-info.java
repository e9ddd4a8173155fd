/** The register explorer: a Modbus device's registers under every interpretation. */
package io.fieldloom.ui.registers;
