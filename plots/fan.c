#include "plots/fan.h"

#include <math.h>

/* Longer runs are drawn in pieces of this many years. */
enum { PIECE = 64 };

enum band { BAND_50, BAND_90 };

static double edge(const struct ech_summary *year, enum band band, bool upper)
{
    if (band == BAND_50) {
        return upper ? year->p75 : year->p25;
    }
    return upper ? year->p95 : year->p05;
}

/* The band from year `from` on, as far as it is defined; gives the year to go on with. */
static int draw_piece(struct ech_canvas *canvas, const struct ech_panel *panel,
                      const struct ech_series *series, enum band band, int from, unsigned colour)
{
    struct ech_point points[2 * PIECE];
    int n = 0;
    for (int y = from; y <= series->n_years && n < PIECE; y++, n++) {
        if (isnan(series->year[y].p50)) {
            break;
        }
        points[n] = (struct ech_point){ech_panel_x(panel, y),
                                       ech_panel_y(panel, edge(&series->year[y], band, true))};
    }
    for (int i = 0; i < n; i++) {
        int y = from + n - 1 - i;
        points[n + i] = (struct ech_point){ech_panel_x(panel, y),
                                           ech_panel_y(panel, edge(&series->year[y], band, false))};
    }
    if (n > 1) {
        ech_canvas_polygon(canvas, 2 * n, points, colour);
    }
    bool more = n == PIECE && from + n <= series->n_years;
    return more ? from + n - 1 : from + n + 1;
}

static void draw_moment(struct ech_canvas *canvas, const struct ech_panel *panel,
                        const struct ech_summary *year, enum band band, unsigned colour)
{
    double x = ech_panel_x(panel, 0), half = band == BAND_50 ? 5 : 2;
    struct ech_box box = {x - half, ech_panel_y(panel, edge(year, band, true)), x + half,
                          ech_panel_y(panel, edge(year, band, false))};
    ech_canvas_box(canvas, box, colour);
}

static void draw_band(struct ech_canvas *canvas, const struct ech_panel *panel,
                      const struct ech_series *series, enum band band, unsigned colour)
{
    if (series->n_years == 0 && !isnan(series->year[0].p50)) {
        draw_moment(canvas, panel, &series->year[0], band, colour);
        return;
    }
    for (int y = 0; y < series->n_years;) {
        y = draw_piece(canvas, panel, series, band, y, colour);
    }
}

void ech_fan_bands(struct ech_canvas *canvas, const struct ech_panel *panel,
                   const struct ech_series *series, struct ech_look look)
{
    if (series->n_replications > 1) {
        draw_band(canvas, panel, series, BAND_90, look.outer);
        draw_band(canvas, panel, series, BAND_50, look.inner);
    }
}

enum quantile { Q_05, Q_50, Q_95 };

static double quantile(const struct ech_summary *year, enum quantile which)
{
    return which == Q_50 ? year->p50 : edge(year, BAND_90, which == Q_95);
}

/* One quantile over the years; a dot if there are none. */
static void draw_line(struct ech_canvas *canvas, const struct ech_panel *panel,
                      const struct ech_series *series, enum quantile which, struct ech_pen pen)
{
    struct ech_point points[PIECE];
    int n = 0;
    for (int y = 0; y <= series->n_years; y++) {
        points[n++] = (struct ech_point){ech_panel_x(panel, y),
                                         ech_panel_y(panel, quantile(&series->year[y], which))};
        if (n == PIECE && y < series->n_years) {
            ech_canvas_line(canvas, n, points, pen);
            points[0] = points[n - 1];
            n = 1;
        }
    }
    if (series->n_years > 0) {
        ech_canvas_line(canvas, n, points, pen);
    } else if (n > 0 && !isnan(points[0].y)) {
        ech_canvas_dot(canvas, points[0], 3, pen.colour);
    }
}

void ech_fan_median(struct ech_canvas *canvas, const struct ech_panel *panel,
                    const struct ech_series *series, struct ech_pen pen)
{
    draw_line(canvas, panel, series, Q_50, pen);
}

void ech_fan_edges(struct ech_canvas *canvas, const struct ech_panel *panel,
                   const struct ech_series *series, unsigned colour)
{
    struct ech_pen pen = {colour, 0.9, 0};
    if (series->n_replications > 1 && series->n_years > 0) {
        draw_line(canvas, panel, series, Q_05, pen);
        draw_line(canvas, panel, series, Q_95, pen);
    }
}

struct ech_axis ech_fan_years(int n_years)
{
    if (n_years == 0) { /* the start stands in the middle */
        return (struct ech_axis){-1, 1, 1, 0};
    }
    return (struct ech_axis){0, n_years, 1, 0};
}
