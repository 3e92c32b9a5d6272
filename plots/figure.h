/* What the files of the figures share: the job, the sheet with its three texts, grids of panels. */
#ifndef ECH_FIGURE_H
#define ECH_FIGURE_H

#include "plots/canvas.h"
#include "plots/panel.h"
#include "plots/policies.h"
#include "plots/series.h"
#include "results/results.h"

/** What is to be drawn. */
struct ech_figure_job {
    const struct ech_results *results;
    struct ech_policies policies;
    int n;       /* scenarios selected, in the order of the policies */
    int *rows;   /* [n] */
    bool chosen; /* the user named scenarios */
    enum ech_lang lang;
};

/** A figure being drawn: the plot lies at y = 0 ... height of the canvas. */
struct ech_drawing {
    struct ech_canvas canvas;
    double height;
    double left, right; /* edges of everything */
    bool narrow;        /* for a phone: about half as wide */
    struct ech_text headline;
    struct ech_text subtitle;
    struct ech_text scenarios; /* for the foot: whose numbers these are; empty: the baseline */
};

/** The functions behind the rows of the table, one file each (the two differences share one). */
enum ech_status ech_figure_vacancy_fan(const struct ech_figure_job *job,
                                       struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_vacancy_heatmap(const struct ech_figure_job *job,
                                           struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_break_heatmap(const struct ech_figure_job *job,
                                         struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_vacancy_parts(const struct ech_figure_job *job,
                                         struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_age_pyramid(const struct ech_figure_job *job,
                                       struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_exits_by_cause(const struct ech_figure_job *job,
                                          struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_rejections(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                      struct ech_error *error);
/** See above. */
enum ech_status ech_figure_reserve_target(const struct ech_figure_job *job,
                                          struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_differences_reserve(const struct ech_figure_job *job,
                                               struct ech_drawing *drawing,
                                               struct ech_error *error);
/** See above. */
enum ech_status ech_figure_differences_vacancy(const struct ech_figure_job *job,
                                               struct ech_drawing *drawing,
                                               struct ech_error *error);
/** See above. */
enum ech_status ech_figure_distribution(const struct ech_figure_job *job,
                                        struct ech_drawing *drawing, struct ech_error *error);
/** See above. */
enum ech_status ech_figure_moves(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                 struct ech_error *error);
/** See above. */
enum ech_status ech_figure_tenure(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                  struct ech_error *error);

/** See above. */
enum ech_status ech_figure_remoteness(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                      struct ech_error *error);

/** Title of a scenario in the job's language. */
const char *ech_figure_title(const struct ech_figure_job *job, int scenario);
/** Row of the one scenario of a figure that shows one: the first chosen, else the baseline. */
int ech_figure_single(const struct ech_figure_job *job);
/**
 * The scenarios of a figure of few panels: those chosen (at most `most`), else the baseline and the
 * scenario without transfers in. Writes rows and gives their number.
 */
int ech_figure_few(const struct ech_figure_job *job, int most, int *rows);
/**
 * The scenarios of a figure with a panel or a row for each, where the user chose none and they are
 * more than ECH_MANY: the references and those policies that change the vacancy rate clearly and by
 * a post or more, at most ECH_MANY in all, the strongest. Else the job's own. A copy of the job whose
 * `rows` the caller frees; *n_left_out policies are not in it.
 */
enum ech_status ech_figure_focus(const struct ech_figure_job *job, struct ech_figure_job *focus,
                                 int *n_left_out, struct ech_error *error);
enum { ECH_MANY = 20 };
/** Appends ", 38 policies that change less or not clearly are left out"; nothing if n is 0. */
void ech_figure_left_out(const struct ech_figure_job *job, int n, struct ech_text *text);
/** Place among the rows of the first scenario of the second family; n if there is none. */
int ech_figure_second_family(const struct ech_figure_job *job);
/** Calendar year of year y of a scenario, as words would say it. */
int ech_figure_year(const struct ech_figure_job *job, int scenario, int y);
/** Look of a scenario, the same in all figures. */
struct ech_look ech_figure_look(const struct ech_figure_job *job, int scenario);
/** Appends "; mean of 200 replications"-like words: `words` with {1} the number, or that there is but one. */
void ech_figure_replications(const struct ech_figure_job *job, int n, const char *words,
                             struct ech_text *text);

/** Panels in rows and columns. */
struct ech_grid {
    int n, columns;
    double left, right, top; /* of all panels, axis labels not included */
    double panel_height;
    double gap_x, gap_y; /* gap_y holds a panel's years and the next one's title */
};

/** A usual number of columns for n panels. */
int ech_grid_columns(const struct ech_drawing *drawing, int n);
/** Box of panel i. */
struct ech_box ech_grid_box(const struct ech_grid *grid, int i);
/** Bottom of the last row of panels. */
double ech_grid_bottom(const struct ech_grid *grid);
/** True if panel i stands at the left. */
bool ech_grid_is_left(const struct ech_grid *grid, int i);
/** A title of one or two lines above the box, cut to its width. */
void ech_grid_title(struct ech_drawing *drawing, struct ech_box box, unsigned colour,
                    const char *title);

/** Words that grid lines do not cross: a patch of paper lies behind them. */
void ech_figure_patched(struct ech_drawing *drawing, struct ech_point at, struct ech_type type,
                        const char *words);

/** An entry of a row of explanations above a plot. */
struct ech_key_entry {
    unsigned colour;
    const char *words;
    bool is_line; /* else a box */
};
/** Draws the row (more than one if need be) from y on; gives the y below it. */
double ech_figure_key(struct ech_drawing *drawing, double y, const struct ech_key_entry *keys,
                      int n);

#endif
