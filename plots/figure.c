#include "plots/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/findings.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

const char *ech_figure_title(const struct ech_figure_job *job, int scenario)
{
    return ech_findings_title(job->results, scenario, job->lang);
}

int ech_figure_single(const struct ech_figure_job *job)
{
    return job->chosen ? job->rows[0] : job->policies.baseline;
}

int ech_figure_few(const struct ech_figure_job *job, int most, int *rows)
{
    int n = 0;
    for (int i = 0; i < job->n && n < most; i++) {
        int row = job->rows[i];
        bool usual = row == job->policies.baseline || row == job->policies.closed;
        if (job->chosen || usual) {
            rows[n++] = row;
        }
    }
    return n;
}

/* How far a policy that matters moves the vacancy rate; -1 where it does not. */
static double strength(const struct ech_effects *effects, int scenario)
{
    for (int i = 0; i < effects->n; i++) {
        const struct ech_effect *effect = &effects->effect[i];
        if (effect->scenario == scenario) {
            return effect->matters ? fabs(effect->difference.mean) : -1;
        }
    }
    return INFINITY; /* a reference */
}

/* Policies that matter more than this one; of equals the first of the job. */
static int n_stronger(const struct ech_figure_job *job, const struct ech_effects *effects, int i)
{
    int n = 0;
    double own = strength(effects, job->rows[i]);
    for (int other = 0; other < job->n; other++) {
        double its = strength(effects, job->rows[other]);
        n += its > own || (!(its < own) && other < i);
    }
    return n;
}

static void keep_strongest(const struct ech_figure_job *job, const struct ech_effects *effects,
                           struct ech_figure_job *focus)
{
    focus->n = 0;
    for (int i = 0; i < job->n; i++) {
        if (strength(effects, job->rows[i]) >= 0 && n_stronger(job, effects, i) < ECH_MANY) {
            focus->rows[focus->n++] = job->rows[i];
        }
    }
}

enum ech_status ech_figure_focus(const struct ech_figure_job *job, struct ech_figure_job *focus,
                                 int *n_left_out, struct ech_error *error)
{
    struct ech_effects effects = {0};
    enum ech_status status = ECH_OK;
    *n_left_out = 0;
    *focus = *job;
    focus->rows = calloc((size_t)job->n + 1, sizeof *focus->rows);
    if (!focus->rows) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("figures", "绘图")});
    }
    memcpy(focus->rows, job->rows, (size_t)job->n * sizeof *focus->rows);
    if (job->chosen || job->n <= ECH_MANY) {
        return ECH_OK;
    }
    status =
        ech_effects_measure(job->results, &job->policies, "post_vacancy_rate", -1, &effects, error);
    if (status == ECH_OK) {
        keep_strongest(job, &effects, focus);
        *n_left_out = job->n - focus->n;
    }
    ech_effects_free(&effects);
    return status;
}

void ech_figure_left_out(const struct ech_figure_job *job, int n, struct ech_text *text)
{
    if (n > 0) {
        ech_text_fill(text,
                      ech_pick(job->lang,
                               "; {1} policies that change it less or not clearly are left out",
                               "；另有{1}项影响较小或不明显的政策未画出"),
                      ech_number(n, 0).s, NULL);
    }
}

int ech_figure_second_family(const struct ech_figure_job *job)
{
    const struct ech_policies *policies = &job->policies;
    for (int i = 0; i < job->n; i++) {
        if (policies->reference[policies->rank[job->rows[i]]] != policies->baseline) {
            return i;
        }
    }
    return job->n;
}

int ech_figure_year(const struct ech_figure_job *job, int scenario, int y)
{
    return ech_number_year(ech_results_scenario(job->results, scenario)->start_month, y);
}

struct ech_look ech_figure_look(const struct ech_figure_job *job, int scenario)
{
    return ech_look(job->policies.rank[scenario]);
}

void ech_figure_replications(const struct ech_figure_job *job, int n, const char *words,
                             struct ech_text *text)
{
    if (n > 1) {
        ech_text_fill(text, words, ech_number(n, 0).s, NULL);
    } else {
        ech_text_add(text,
                     ech_pick(job->lang, "one replication, so no band", "只有一次重复，无区间"));
    }
}

int ech_grid_columns(const struct ech_drawing *drawing, int n)
{
    if (drawing->narrow) {
        return n > 2 ? 2 : 1;
    }
    static const int columns[] = {1, 1, 2, 3, 2, 3, 3, 3, 3, 3};
    return n < (int)(sizeof columns / sizeof *columns) ? columns[n > 0 ? n : 0] : 4;
}

struct ech_box ech_grid_box(const struct ech_grid *grid, int i)
{
    int column = i % grid->columns, row = i / grid->columns;
    double gaps = grid->gap_x * (grid->columns - 1);
    double width = (grid->right - grid->left - gaps) / grid->columns;
    double left = grid->left + column * (width + grid->gap_x);
    double top = grid->top + row * (grid->panel_height + grid->gap_y);
    return (struct ech_box){left, top, left + width, top + grid->panel_height};
}

double ech_grid_bottom(const struct ech_grid *grid)
{
    return ech_grid_box(grid, grid->n > 0 ? grid->n - 1 : 0).bottom;
}

bool ech_grid_is_left(const struct ech_grid *grid, int i)
{
    return i % grid->columns == 0;
}

void ech_grid_title(struct ech_drawing *drawing, struct ech_box box, unsigned colour,
                    const char *title)
{
    struct ech_text lines[2];
    struct ech_type type = {ECH_SIZE_TICK, colour, true, ECH_LEFT};
    int n = ech_glyph_wrap_even(title, type.size * 1.04, box.right - box.left, lines, 2);
    for (int i = 0; i < n; i++) {
        double y = box.top - 11 - 14.5 * (n - 1 - i);
        ech_canvas_words(&drawing->canvas, (struct ech_point){box.left, y}, type,
                         ech_text_string(&lines[i]));
        ech_text_free(&lines[i]);
    }
}

void ech_figure_patched(struct ech_drawing *drawing, struct ech_point at, struct ech_type type,
                        const char *words)
{
    double half = type.size * 0.72;
    struct ech_box patch = {at.x - 1, at.y - half, at.x + ech_glyph_width(words, type.size) + 3,
                            at.y + half};
    ech_canvas_box(&drawing->canvas, patch, ECH_PAPER);
    ech_canvas_words(&drawing->canvas, at, type, words);
}

double ech_figure_key(struct ech_drawing *drawing, double y, const struct ech_key_entry *keys,
                      int n)
{
    double x = drawing->left;
    for (int i = 0; i < n; i++) {
        double half = keys[i].is_line ? 0.8 : 5;
        double width = 16 + ech_glyph_width(keys[i].words, ECH_SIZE_LABEL);
        if (x > drawing->left && x + width > drawing->right) {
            x = drawing->left;
            y += 18;
        }
        ech_canvas_box(&drawing->canvas, (struct ech_box){x, y - half, x + 10, y + half},
                       keys[i].colour);
        ech_canvas_words(&drawing->canvas, (struct ech_point){x + 15, y},
                         ech_label(ECH_INK, ECH_LEFT), keys[i].words);
        x += width + 22;
    }
    return y + 12;
}
