/* A fan: the median over the years with its 50 % and 90 % bands. */
#ifndef ECH_FAN_H
#define ECH_FAN_H

#include "plots/panel.h"
#include "plots/series.h"
#include "plots/style.h"

/** The two bands in opaque tints; nothing for a single replication. */
void ech_fan_bands(struct ech_canvas *canvas, const struct ech_panel *panel,
                   const struct ech_series *series, struct ech_look look);
/** The median, interrupted where it is undefined; a dot if there are no years. */
void ech_fan_median(struct ech_canvas *canvas, const struct ech_panel *panel,
                    const struct ech_series *series, struct ech_pen pen);
/** The edges of the 90 % band as thin lines, for a fan that another one covers. */
void ech_fan_edges(struct ech_canvas *canvas, const struct ech_panel *panel,
                   const struct ech_series *series, unsigned colour);
/** Scale of years for a series: never empty. */
struct ech_axis ech_fan_years(int n_years);

#endif
