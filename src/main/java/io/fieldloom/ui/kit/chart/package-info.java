/**
 * A light chart of values over time, drawn on a Canvas once a beat. ChartFx was measured first:
 * making its first chart held the FX thread for 700 to 900 ms, and it does not follow the theme.
 */
package io.fieldloom.ui.kit.chart;
