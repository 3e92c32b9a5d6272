#include "plots/panel.h"

#include <math.h>
#include <stdio.h>

#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

static const double hairline = 0.8;
static const double label_gap = 7;

struct ech_axis ech_axis_cover(double low, double high, int n_steps)
{
    static const double round_steps[] = {1, 2, 2.5, 5, 10};
    if (!(high > low) || !isfinite(high - low)) {
        high = isfinite(low) && low > 0 ? low * 1.25 : 1;
        low = isfinite(low) && low < 0 ? low : 0;
    }
    double raw = (high - low) / (n_steps > 0 ? n_steps : 1);
    double power = pow(10, floor(log10(raw)));
    double step = 10 * power;
    for (int i = 4; i >= 0; i--) {
        if (round_steps[i] * power >= raw * 0.999) {
            step = round_steps[i] * power;
        }
    }
    struct ech_axis axis = {.step = step};
    axis.low = floor(low / step + 1e-9) * step;
    axis.high = ceil(high / step - 1e-9) * step;
    bool quarter = fabs(step / power - 2.5) < 1e-9;
    int digits = -(int)floor(log10(step) + 1e-9) + (quarter ? 1 : 0);
    axis.decimals = digits < 0 ? 0 : digits > 6 ? 6 : digits;
    return axis;
}

double ech_panel_x(const struct ech_panel *panel, double value)
{
    double share = (value - panel->x.low) / (panel->x.high - panel->x.low);
    return panel->box.left + share * (panel->box.right - panel->box.left);
}

double ech_panel_y(const struct ech_panel *panel, double value)
{
    double share = (value - panel->y.low) / (panel->y.high - panel->y.low);
    return panel->box.bottom - share * (panel->box.bottom - panel->box.top);
}

static int n_steps_of(const struct ech_axis *axis)
{
    return (int)lround((axis->high - axis->low) / axis->step);
}

double ech_panel_gutter(const struct ech_axis *axis)
{
    double widest = 0;
    for (int i = 0; i <= n_steps_of(axis); i++) {
        struct ech_number number = ech_number(axis->low + i * axis->step, axis->decimals);
        widest = fmax(widest, ech_glyph_width(number.s, ECH_SIZE_TICK));
    }
    return widest + label_gap + 1;
}

void ech_panel_rows(struct ech_canvas *canvas, const struct ech_panel *panel, bool labelled)
{
    for (int i = 0; i <= n_steps_of(&panel->y); i++) {
        double value = panel->y.low + i * panel->y.step;
        double y = ech_panel_y(panel, value);
        bool zero = fabs(value) < panel->y.step * 1e-6;
        struct ech_pen pen = {zero ? ECH_RULE : ECH_GRID, hairline, 0};
        ech_canvas_segment(canvas, (struct ech_point){panel->box.left, y},
                           (struct ech_point){panel->box.right, y}, pen);
        if (labelled) {
            ech_canvas_words(canvas, (struct ech_point){panel->box.left - label_gap, y},
                             (struct ech_type){ECH_SIZE_TICK, ECH_GREY, false, ECH_RIGHT},
                             ech_number(value, panel->y.decimals).s);
        }
    }
}

void ech_panel_columns(struct ech_canvas *canvas, const struct ech_panel *panel)
{
    for (int i = 0; i <= n_steps_of(&panel->x); i++) {
        double value = panel->x.low + i * panel->x.step;
        double x = ech_panel_x(panel, value);
        bool zero = fabs(value) < panel->x.step * 1e-6;
        struct ech_pen pen = {zero ? ECH_RULE : ECH_GRID, hairline, 0};
        ech_canvas_segment(canvas, (struct ech_point){x, panel->box.top},
                           (struct ech_point){x, panel->box.bottom}, pen);
        ech_canvas_words(canvas, (struct ech_point){x, panel->box.bottom + 12},
                         (struct ech_type){ECH_SIZE_TICK, ECH_GREY, false, ECH_CENTRE},
                         ech_number(value, panel->x.decimals).s);
    }
}

void ech_panel_years(struct ech_canvas *canvas, const struct ech_panel *panel, int start_month,
                     int from, int to)
{
    static const int steps[] = {1, 2, 5, 10, 20};
    static const double room = 41;
    double pitch = (panel->box.right - panel->box.left) / (panel->x.high - panel->x.low);
    int step = 50;
    for (int i = 4; i >= 0; i--) {
        if (pitch * steps[i] >= room || to - from < steps[i]) {
            step = steps[i];
        }
    }
    for (int y = from; y <= to; y += step) {
        double x = ech_panel_x(panel, y);
        char words[16];
        snprintf(words, sizeof words, "%d", ech_number_year(start_month, y));
        ech_canvas_segment(canvas, (struct ech_point){x, panel->box.bottom},
                           (struct ech_point){x, panel->box.bottom + 3.5},
                           (struct ech_pen){ECH_RULE, hairline, 0});
        double edge = canvas->width - ech_glyph_width(words, ECH_SIZE_TICK) / 2 - 1;
        ech_canvas_words(canvas, (struct ech_point){fmin(x, edge), panel->box.bottom + 12.5},
                         (struct ech_type){ECH_SIZE_TICK, ECH_GREY, false, ECH_CENTRE}, words);
    }
}

void ech_panel_spread(double *y, int n, double pitch, double top, double bottom)
{
    for (int i = 0; i < n; i++) {
        double least = i > 0 ? y[i - 1] + pitch : top;
        y[i] = y[i] < least ? least : y[i];
    }
    for (int i = n - 1; i >= 0; i--) {
        double most = i < n - 1 ? y[i + 1] - pitch : bottom;
        y[i] = y[i] > most ? most : y[i];
    }
}
