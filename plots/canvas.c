#include "plots/canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/gnuplot.h"

/* Coordinates are whole hundredths of a pixel, so that no locale spoils a decimal sign. */
static long hundredths(double pixels)
{
    return lround(pixels * 100);
}

static void add_decimal(struct ech_text *text, double value)
{
    long h = hundredths(value);
    ech_text_print(text, "%ld.%02ld", h / 100, h % 100);
}

void ech_canvas_free(struct ech_canvas *canvas)
{
    ech_text_free(&canvas->data);
    ech_text_free(&canvas->plots);
    ech_text_free(&canvas->words);
    canvas->style[0] = '\0';
    canvas->n_blocks = 0;
}

static void close_block(struct ech_canvas *canvas)
{
    if (canvas->style[0]) {
        ech_text_add(&canvas->data, "EOD\n");
        canvas->style[0] = '\0';
    }
}

/* Things of one style in a row share a block; true if one was open already. */
static bool open_block(struct ech_canvas *canvas, const char *style)
{
    if (strcmp(canvas->style, style) == 0) {
        return true;
    }
    close_block(canvas);
    canvas->n_blocks++;
    snprintf(canvas->style, sizeof canvas->style, "%s", style);
    ech_text_print(&canvas->data, "$b%d << EOD\n", canvas->n_blocks);
    ech_text_print(&canvas->plots, "%s$b%d with %s", canvas->n_blocks > 1 ? ", \\\n" : "plot ",
                   canvas->n_blocks, style);
    return false;
}

static void add_point(struct ech_canvas *canvas, struct ech_point point)
{
    ech_text_print(&canvas->data, "%ld %ld\n", hundredths(point.x), hundredths(point.y));
}

void ech_canvas_box(struct ech_canvas *canvas, struct ech_box box, unsigned colour)
{
    double x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    if (!(box.right > box.left) || !(box.bottom > box.top)) {
        return;
    }
    open_block(canvas, "boxxyerror fs solid noborder lc rgb variable");
    ech_text_print(&canvas->data, "%ld %ld %ld %ld %ld %ld %u\n", hundredths(x), hundredths(y),
                   hundredths(box.left), hundredths(box.right), hundredths(box.top),
                   hundredths(box.bottom), colour);
}

void ech_canvas_polygon(struct ech_canvas *canvas, int n, const struct ech_point *points,
                        unsigned colour)
{
    char style[96];
    if (n < 3) {
        return;
    }
    snprintf(style, sizeof style, "filledcurves closed fs solid noborder lc rgb '#%06X'", colour);
    if (open_block(canvas, style)) {
        ech_text_add(&canvas->data, "\n");
    }
    for (int i = 0; i < n; i++) {
        add_point(canvas, points[i]);
    }
}

static void line_style(struct ech_pen pen, char *style, size_t size)
{
    struct ech_text text = {0};
    ech_text_print(&text, "lines lc rgb '#%06X' lw ", pen.colour);
    add_decimal(&text, pen.width);
    if (pen.dash > 0) { /* gnuplot counts dashes in halves of the line's width */
        ech_text_add(&text, " dt (");
        add_decimal(&text, 2 * pen.dash / pen.width);
        ech_text_add(&text, ",");
        add_decimal(&text, 1.6 * pen.dash / pen.width);
        ech_text_add(&text, ")");
    }
    snprintf(style, size, "%s", ech_text_string(&text));
    ech_text_free(&text);
}

void ech_canvas_line(struct ech_canvas *canvas, int n, const struct ech_point *points,
                     struct ech_pen pen)
{
    char style[96];
    line_style(pen, style, sizeof style);
    if (open_block(canvas, style)) {
        ech_text_add(&canvas->data, "\n");
    }
    for (int i = 0; i < n; i++) {
        if (isnan(points[i].y)) {
            ech_text_add(&canvas->data, "\n");
        } else {
            add_point(canvas, points[i]);
        }
    }
}

void ech_canvas_segment(struct ech_canvas *canvas, struct ech_point from, struct ech_point to,
                        struct ech_pen pen)
{
    ech_canvas_line(canvas, 2, (struct ech_point[]){from, to}, pen);
}

void ech_canvas_dot(struct ech_canvas *canvas, struct ech_point at, double radius, unsigned colour)
{
    open_block(canvas, "circles fs solid noborder lc rgb variable");
    ech_text_print(&canvas->data, "%ld %ld %ld %u\n", hundredths(at.x), hundredths(at.y),
                   hundredths(radius), colour);
}

void ech_canvas_words(struct ech_canvas *canvas, struct ech_point at, struct ech_type type,
                      const char *words)
{
    static const char *const aligns[] = {"left", "centre", "right"};
    struct ech_text font = {0};
    double scale = canvas->font_scale > 0 ? canvas->font_scale : 1;
    ech_text_fill(&font, type.bold ? "{1}:Bold," : "{1},", canvas->font, NULL);
    add_decimal(&font, type.size * scale);
    ech_text_add(&canvas->words, "set label ");
    ech_gnuplot_quote(&canvas->words, words);
    ech_text_print(&canvas->words, " at first %ld,%ld %s front noenhanced tc rgb '#%06X' font ",
                   hundredths(at.x), hundredths(at.y), aligns[type.align], type.colour);
    ech_gnuplot_quote(&canvas->words, ech_text_string(&font));
    ech_text_add(&canvas->words, "\n");
    canvas->words.failed = canvas->words.failed || font.failed;
    ech_text_free(&font);
}

void ech_canvas_script(struct ech_canvas *canvas, double top, double bottom,
                       struct ech_text *script)
{
    if (canvas->n_blocks == 0) { /* gnuplot shows words only beside a plot */
        ech_canvas_box(canvas, (struct ech_box){0, top, 0.01, top + 0.01}, 0xFFFFFF);
    }
    close_block(canvas);
    ech_text_add(script, "unset border\nunset tics\nunset key\n"
                         "set lmargin 0\nset rmargin 0\nset tmargin 0\nset bmargin 0\n");
    ech_text_print(script, "set xrange [0:%ld]\nset yrange [%ld:%ld]\n", hundredths(canvas->width),
                   hundredths(bottom), hundredths(top));
    ech_text_add(script, ech_text_string(&canvas->data));
    ech_text_add(script, ech_text_string(&canvas->words));
    ech_text_add(script, ech_text_string(&canvas->plots));
    ech_text_add(script, "\n");
    script->failed =
        script->failed || canvas->data.failed || canvas->words.failed || canvas->plots.failed;
}
