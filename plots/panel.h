/* A plot's frame: round scales, a hairline grid, ticks and years. */
#ifndef ECH_PANEL_H
#define ECH_PANEL_H

#include "plots/canvas.h"

/** A scale with round steps from low to high. */
struct ech_axis {
    double low, high, step;
    int decimals; /* that its numbers need */
};

/** A box of the sheet with the scales of its two sides. */
struct ech_panel {
    struct ech_box box;
    struct ech_axis x, y;
};

/** Round scale that covers low ... high in about n_steps; never empty, whatever is given. */
struct ech_axis ech_axis_cover(double low, double high, int n_steps);

/** Where a value of x stands, in pixels. */
double ech_panel_x(const struct ech_panel *panel, double value);
/** Where a value of y stands, in pixels. */
double ech_panel_y(const struct ech_panel *panel, double value);

/** Horizontal hairlines at the steps of y; with `labelled` their numbers to the left. */
void ech_panel_rows(struct ech_canvas *canvas, const struct ech_panel *panel, bool labelled);
/** Room that these numbers take to the left of a panel. */
double ech_panel_gutter(const struct ech_axis *axis);
/** Vertical hairlines at the steps of x with their numbers below. */
void ech_panel_columns(struct ech_canvas *canvas, const struct ech_panel *panel);
/** Years from .. to (counted from the start) below the panel, as many as have room. */
void ech_panel_years(struct ech_canvas *canvas, const struct ech_panel *panel, int start_month,
                     int from, int to);

/**
 * Moves n labels apart that want to stand at y[i] (in ascending order), at least `pitch` apart and
 * inside top ... bottom as far as there is room; y is overwritten.
 */
void ech_panel_spread(double *y, int n, double pitch, double top, double bottom);

#endif
