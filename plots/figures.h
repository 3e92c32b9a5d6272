/* The figures: one row of a table for each, drawn from a results file into pictures. */
#ifndef ECH_FIGURES_H
#define ECH_FIGURES_H

#include "plots/gnuplot.h"
#include "results/results.h"

/** A figure that can be asked for by name. */
struct ech_figure_row {
    const char *name;
    const char *title[2]; /* by enum ech_lang */
};

/** What to draw of a results file. { .results, .baseline } draws all scenarios in English as SVG. */
struct ech_figure_request {
    const struct ech_results *results;
    int baseline;         /* row of the results */
    int n_scenarios;      /* 0: the figure chooses */
    const int *scenarios; /* rows [n_scenarios] */
    enum ech_lang lang;
    enum ech_picture_format format;
    const char *dir; /* of the file <figure>.<format>; it exists */
    bool narrow;     /* of a figure for a page: laid out for a phone */
};

/** A figure for a page: the plot alone, its words apart. Owns the texts. */
struct ech_figure_parts {
    struct ech_text headline;
    struct ech_text subtitle;
    struct ech_text foot;
    struct ech_text svg;
};

/** Number of figures. */
int ech_n_figures(void);
/** The i-th figure, in the order of a report. */
const struct ech_figure_row *ech_figure_at(int i);
/** Place of a figure by name, or ECH_NONE. */
int ech_figure_find(const char *name);

/**
 * Draws figure i into dir/<name>.<format>, complete or not at all: ECH_PARTIAL when gnuplot or a
 * Chinese font is missing, or the run has not finished what the figure needs; ECH_IO when the file
 * cannot be written.
 */
enum ech_status ech_figure_draw(int i, const struct ech_figure_request *request,
                                struct ech_error *error);

/** Draws figure i for a page; format and dir of the request are not used. The caller frees. */
enum ech_status ech_figure_for_page(int i, const struct ech_figure_request *request,
                                    struct ech_figure_parts *parts, struct ech_error *error);
/** Frees; empty again. */
void ech_figure_parts_free(struct ech_figure_parts *parts);

#endif
