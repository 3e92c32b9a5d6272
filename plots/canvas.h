/* A sheet of paper, drawn on in pixels, y downwards from the top of the plot; what
   stands above the plot (headline, subtitle) has negative y. It is written as a gnuplot script with
   all data in here-blocks. What is drawn later lies on top; words lie on top of everything. */
#ifndef ECH_CANVAS_H
#define ECH_CANVAS_H

#include "plots/text.h"

enum ech_align { ECH_LEFT, ECH_CENTRE, ECH_RIGHT };

/** How a line looks; dash 0: solid, else its length in pixels. Colours are 0xRRGGBB. */
struct ech_pen {
    unsigned colour;
    double width;
    double dash;
};

/** How words look; size in pixels. */
struct ech_type {
    double size;
    unsigned colour;
    bool bold;
    enum ech_align align;
};

struct ech_point {
    double x, y;
};

struct ech_box {
    double left, top, right, bottom;
};

/** { .font = family, .width = pixels } is an empty sheet. Freed by ech_canvas_free. */
struct ech_canvas {
    const char *font;  /* family */
    double font_scale; /* 0: as 1 */
    double width;
    struct ech_text data; /* here-blocks */
    struct ech_text plots;
    struct ech_text words;
    char style[96]; /* of the block that is open; "" if none is */
    int n_blocks;
};

/** Frees the texts. */
void ech_canvas_free(struct ech_canvas *canvas);

/** A filled box. */
void ech_canvas_box(struct ech_canvas *canvas, struct ech_box box, unsigned colour);
/** A filled polygon of n points. */
void ech_canvas_polygon(struct ech_canvas *canvas, int n, const struct ech_point *points,
                        unsigned colour);
/** A line through n points, interrupted where y is NAN. */
void ech_canvas_line(struct ech_canvas *canvas, int n, const struct ech_point *points,
                     struct ech_pen pen);
/** A line between two points. */
void ech_canvas_segment(struct ech_canvas *canvas, struct ech_point from, struct ech_point to,
                        struct ech_pen pen);
/** A filled circle. */
void ech_canvas_dot(struct ech_canvas *canvas, struct ech_point at, double radius, unsigned colour);
/** Words, vertically centred on the point. */
void ech_canvas_words(struct ech_canvas *canvas, struct ech_point at, struct ech_type type,
                      const char *words);

/** Appends the whole script for the part of the sheet from y = top to y = bottom. */
void ech_canvas_script(struct ech_canvas *canvas, double top, double bottom,
                       struct ech_text *script);

#endif
