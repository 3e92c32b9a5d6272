/* Why candidates could not be appointed: rejections by clause, one panel a level of posts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "plots/figure.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"

/* A plum that no policy, cause or reason has; the tint holds whoever failed other clauses too. */
static const unsigned only_colour = 0x7A3E5D;

enum { ROW_HEIGHT = 20 };

/* Rejections a year by one clause at one level, over replications. */
struct cell {
    struct ech_summary all;
    struct ech_summary only;
};

struct rejections {
    int scenario;
    int n_replications, n_years;
    struct cell cells[ECH_MAX_LEVELS][ECH_N_CLAUSES];
    int n_levels;
    int levels[ECH_MAX_LEVELS]; /* with any rejection, the highest first */
    int n_clauses;
    enum ech_clause clauses[ECH_N_CLAUSES]; /* that reject anybody, most only obstacles first */
};

/* Each replication's mean over its years, summarised. */
static enum ech_status summarise_years(const struct ech_series *series, struct ech_summary *summary,
                                       struct ech_error *error)
{
    double *mean = NULL;
    enum ech_status status = ech_series_array(series->n_replications, &mean, error);
    for (int r = 0; r < series->n_replications && status == ECH_OK; r++) {
        for (int y = 1; y <= series->n_years; y++) {
            mean[r] += ech_series_at(series, r, y) / series->n_years;
        }
    }
    if (status == ECH_OK) {
        *summary = ech_summarise_sorting(mean, series->n_replications);
    }
    free(mean);
    return status;
}

static enum ech_status read_summary(const struct ech_figure_job *job, struct rejections *found,
                                    const char *measure, struct ech_summary *summary,
                                    struct ech_error *error)
{
    struct ech_series series = {0};
    struct ech_series_key key = {found->scenario, 0, measure};
    enum ech_status status = ech_series_read(job->results, key, &series, error);
    if (status == ECH_OK) {
        found->n_replications = series.n_replications;
        found->n_years = series.n_years;
        status = summarise_years(&series, summary, error);
    }
    ech_series_free(&series);
    return status;
}

static enum ech_status read_cell(const struct ech_figure_job *job, struct rejections *found,
                                 int level, int clause, struct ech_error *error)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, found->scenario);
    struct cell *cell = &found->cells[level][clause];
    char word[128], measure[192];
    ech_dim_word(ECH_DIM_CLAUSE_LEVEL, level * ECH_N_CLAUSES + clause, scenario->levels, word,
                 sizeof word);
    snprintf(measure, sizeof measure, "rejections[%s]", word);
    enum ech_status status = read_summary(job, found, measure, &cell->all, error);
    if (status == ECH_OK && cell->all.mean > 0) {
        snprintf(measure, sizeof measure, "rejections_only[%s]", word);
        status = read_summary(job, found, measure, &cell->only, error);
    }
    return status;
}

static double sum_of_levels(const struct rejections *found, int clause, bool only)
{
    double sum = 0;
    for (int l = 0; l < ECH_MAX_LEVELS; l++) {
        const struct cell *cell = &found->cells[l][clause];
        sum += only ? cell->only.mean : cell->all.mean;
    }
    return sum;
}

static bool rejects_more(const struct rejections *found, int a, int b)
{
    double x = sum_of_levels(found, a, true), y = sum_of_levels(found, b, true);
    return x != y ? x > y : sum_of_levels(found, a, false) > sum_of_levels(found, b, false);
}

/* Clauses that reject anybody, in order; by insertion, for there are few. */
static void order_clauses(struct rejections *found)
{
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        if (!(sum_of_levels(found, clause, false) > 0)) {
            continue;
        }
        int at = found->n_clauses++;
        for (; at > 0 && rejects_more(found, clause, (int)found->clauses[at - 1]); at--) {
            found->clauses[at] = found->clauses[at - 1];
        }
        found->clauses[at] = (enum ech_clause)clause;
    }
}

static enum ech_status rejections_read(const struct ech_figure_job *job, struct rejections *found,
                                       struct ech_error *error)
{
    int n_levels = ech_results_scenario(job->results, found->scenario)->n_levels;
    enum ech_status status = ECH_OK;
    for (int level = n_levels - 1; level >= 0 && status == ECH_OK; level--) {
        double sum = 0;
        for (int clause = 0; clause < ECH_N_CLAUSES && status == ECH_OK; clause++) {
            status = read_cell(job, found, level, clause, error);
            sum += found->cells[level][clause].all.mean;
        }
        if (sum > 0) {
            found->levels[found->n_levels++] = level;
        }
    }
    order_clauses(found);
    return status;
}

static void draw_row(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct cell *cell, int row)
{
    double middle = ech_panel_y(panel, row + 0.5), half = ROW_HEIGHT * 0.34;
    double left = panel->box.left, end = ech_panel_x(panel, cell->all.mean);
    ech_canvas_box(&drawing->canvas, (struct ech_box){left, middle - half, end, middle + half},
                   ech_tint(only_colour, 0.3));
    ech_canvas_box(
        &drawing->canvas,
        (struct ech_box){left, middle - half, ech_panel_x(panel, cell->only.mean), middle + half},
        only_colour);
    if (cell->all.n > 1 && cell->all.p95 > cell->all.p05) {
        ech_canvas_segment(&drawing->canvas,
                           (struct ech_point){ech_panel_x(panel, cell->all.p05), middle},
                           (struct ech_point){ech_panel_x(panel, cell->all.p95), middle},
                           (struct ech_pen){ECH_INK, 1.1, 0});
        end = fmax(end, ech_panel_x(panel, cell->all.p95));
    }
    if (cell->all.mean > 0) {
        ech_figure_patched(drawing, (struct ech_point){end + 6, middle},
                           ech_small(ECH_GREY, ECH_LEFT), ech_number_people(cell->all.mean).s);
    }
}

static double longest(const struct rejections *found)
{
    double top = 0;
    for (int l = 0; l < found->n_levels; l++) {
        for (int c = 0; c < ECH_N_CLAUSES; c++) {
            const struct cell *cell = &found->cells[found->levels[l]][c];
            top = fmax(top, cell->all.n > 1 ? fmax(cell->all.p95, cell->all.mean) : cell->all.mean);
        }
    }
    return top;
}

static void draw_panels(const struct ech_figure_job *job, struct ech_drawing *drawing,
                        const struct rejections *found)
{
    const struct ech_level *levels = ech_results_scenario(job->results, found->scenario)->levels;
    const struct ech_key_entry keys[] = {
        {only_colour, ech_pick(job->lang, "failed this clause only", "唯一障碍"), false},
        {ech_tint(only_colour, 0.3), ech_pick(job->lang, "failed others too", "另有其他条款不符"),
         false}};
    double top = ech_figure_key(drawing, 8, keys, 2);
    struct ech_grid grid = {.n = found->n_levels,
                            .columns = drawing->narrow || found->n_levels < 2 ? 1 : 2,
                            .left = drawing->left + 158,
                            .right = drawing->right - 34,
                            .top = top + 30,
                            .panel_height = found->n_clauses * ROW_HEIGHT,
                            .gap_x = 52,
                            .gap_y = 58};
    struct ech_axis x = ech_axis_cover(0, longest(found), drawing->narrow ? 3 : 4);
    for (int i = 0; i < grid.n; i++) {
        struct ech_panel panel = {ech_grid_box(&grid, i), x, {found->n_clauses, 0, 1, 0}};
        ech_grid_title(drawing, panel.box, ECH_INK, levels[found->levels[i]].title.text[job->lang]);
        ech_panel_columns(&drawing->canvas, &panel);
        for (int row = 0; row < found->n_clauses; row++) {
            enum ech_clause clause = found->clauses[row];
            draw_row(drawing, &panel, &found->cells[found->levels[i]][clause], row);
            if (ech_grid_is_left(&grid, i)) {
                ech_canvas_words(
                    &drawing->canvas,
                    (struct ech_point){panel.box.left - 8, ech_panel_y(&panel, row + 0.5)},
                    ech_label(ECH_INK, ECH_RIGHT), ech_words_clause(clause, job->lang));
            }
        }
    }
    drawing->height = ech_grid_bottom(&grid) + 24;
}

static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct rejections *found)
{
    double only = 0;
    for (int c = 0; c < ECH_N_CLAUSES; c++) {
        only += sum_of_levels(found, c, true);
    }
    if (found->n_years == 0 || found->n_clauses == 0) {
        ech_text_add(&drawing->headline, ech_pick(job->lang, "No candidate was ever rejected",
                                                  "没有人选因资格条款被否决"));
        return;
    }
    if (!(only > 0)) {
        ech_text_add(&drawing->headline,
                     ech_pick(job->lang, "Every rejected candidate failed several clauses",
                              "被否决者均有多项条款不符"));
        return;
    }
    enum ech_clause first = found->clauses[0];
    ech_text_fill(&drawing->headline,
                  ech_pick(job->lang,
                           "Where one clause alone stands in the way, it is most often: {1} ({2}%)",
                           "仅一项条款不符者中，最常见的是“{1}”（占{2}%）"),
                  ech_words_clause(first, job->lang),
                  ech_number_percent(sum_of_levels(found, (int)first, true) / only, 0).s, NULL);
}

enum ech_status ech_figure_rejections(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                      struct ech_error *error)
{
    struct rejections *found = calloc(1, sizeof *found);
    if (!found) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("figures", "绘图")});
    }
    found->scenario = ech_figure_single(job);
    enum ech_status status = rejections_read(job, found, error);
    if (status == ECH_OK) {
        headline(job, drawing, found);
        ech_text_add(&drawing->subtitle,
                     ech_pick(job->lang,
                              "Candidates rejected a year by clause and level of the post, each "
                              "counted once for an opening; ",
                              "每年资格否决人次，按条款和职位层次（每人每次出缺计一次）；"));
        ech_figure_replications(job, found->n_replications,
                                ech_pick(job->lang, "mean of {1} replications, line: 90% of these",
                                         "{1}次重复的均值，横线为90%区间"),
                                &drawing->subtitle);
        ech_text_add(&drawing->scenarios, ech_figure_title(job, found->scenario));
        draw_panels(job, drawing, found);
    }
    free(found);
    return status;
}
