/* Fans of the vacancy rate of leading posts: one or two together, more as small multiples on one
   scale with the baseline dashed in each. */
#include <math.h>
#include <stdlib.h>

#include "plots/fan.h"
#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

static const char measure[] = "post_vacancy_rate";
enum { MOST_TOGETHER = 2 };

/* The series of all scenarios shown, in per cent, and the baseline's for comparison. */
struct fans {
    int n;
    struct ech_series *series; /* [n] */
    struct ech_series baseline;
    int second;           /* place of the first of the second family, n if there is none */
    struct ech_axis y[2]; /* scale of each family; the same unless one would be lost in the other */
};

static void fans_free(struct fans *fans)
{
    for (int i = 0; i < fans->n && fans->series; i++) {
        ech_series_free(&fans->series[i]);
    }
    free(fans->series);
    ech_series_free(&fans->baseline);
}

static enum ech_status fans_read(const struct ech_figure_job *job, struct fans *fans,
                                 struct ech_error *error)
{
    struct ech_series_key key = {job->policies.baseline, 0, measure};
    enum ech_status status = ech_series_read(job->results, key, &fans->baseline, error);
    fans->n = job->n;
    fans->series = calloc((size_t)job->n, sizeof *fans->series);
    if (status == ECH_OK && !fans->series) {
        status = ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = measure});
    }
    if (status != ECH_OK) {
        return status;
    }
    ech_series_scale(&fans->baseline, 100);
    double top[2] = {ech_series_top(&fans->baseline), ech_series_top(&fans->baseline)};
    fans->second = ech_figure_second_family(job);
    for (int i = 0; i < job->n && status == ECH_OK; i++) {
        key.scenario = job->rows[i];
        status = ech_series_read(job->results, key, &fans->series[i], error);
        if (status == ECH_OK) {
            ech_series_scale(&fans->series[i], 100);
            double *highest = &top[i >= fans->second];
            *highest = fmax(*highest, ech_series_top(&fans->series[i]));
        }
    }
    bool apart = job->n > MOST_TOGETHER && fans->second < job->n &&
                 (top[1] > 2 * top[0] || top[0] > 2 * top[1]);
    for (int f = 0; f < 2; f++) {
        fans->y[f] = ech_axis_cover(0, apart ? top[f] : fmax(top[0], top[1]),
                                    job->n > MOST_TOGETHER ? 3 : 5);
    }
    return status;
}

/* Name and last value of each fan at its right end. */
static void label_ends(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct ech_panel *panel, const struct fans *fans)
{
    double y[MOST_TOGETHER];
    int first = fans->n > 1 && fans->series[0].year[fans->series[0].n_years].p50 <
                                   fans->series[1].year[fans->series[1].n_years].p50;
    for (int i = 0; i < fans->n; i++) {
        const struct ech_series *series = &fans->series[i == 0 ? first : 1 - first];
        double value = series->year[series->n_years].p50;
        y[i] = value == value ? ech_panel_y(panel, value) : panel->box.bottom;
    }
    ech_panel_spread(y, fans->n, 62, panel->box.top + 8, panel->box.bottom - 44);
    for (int i = 0; i < fans->n; i++) {
        int which = i == 0 ? first : 1 - first;
        const struct ech_series *series = &fans->series[which];
        unsigned colour = ech_figure_look(job, job->rows[which]).line;
        struct ech_text lines[3];
        double x = panel->box.right + 8;
        ech_canvas_words(&drawing->canvas, (struct ech_point){x, y[i]}, ech_bold(colour, ECH_LEFT),
                         ech_number(series->year[series->n_years].p50, 1).s);
        int n = ech_glyph_wrap(ech_figure_title(job, job->rows[which]), ECH_SIZE_TICK,
                               drawing->right - x, lines, 3);
        for (int l = 0; l < n; l++) {
            ech_canvas_words(&drawing->canvas, (struct ech_point){x, y[i] + 15 * (l + 1)},
                             (struct ech_type){ECH_SIZE_TICK, colour, false, ECH_LEFT},
                             ech_text_string(&lines[l]));
            ech_text_free(&lines[l]);
        }
    }
}

static struct ech_pen median_pen(const struct ech_figure_job *job, int scenario)
{
    struct ech_look look = ech_figure_look(job, scenario);
    return (struct ech_pen){look.line, 2.2, look.dash};
}

static void draw_together(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct fans *fans)
{
    double label_width = drawing->narrow ? 104 : 140;
    struct ech_panel panel = {
        {drawing->left + ech_panel_gutter(&fans->y[0]), 6, drawing->right - label_width, 286},
        ech_fan_years(fans->baseline.n_years),
        fans->y[0]};
    ech_panel_rows(&drawing->canvas, &panel, true);
    for (int i = 0; i < fans->n; i++) {
        struct ech_look look = ech_figure_look(job, job->rows[i]);
        ech_fan_bands(&drawing->canvas, &panel, &fans->series[i], look);
    }
    if (fans->n > 1) { /* the second covers part of the first */
        ech_fan_edges(&drawing->canvas, &panel, &fans->series[0],
                      ech_figure_look(job, job->rows[0]).line);
    }
    for (int i = 0; i < fans->n; i++) {
        ech_fan_median(&drawing->canvas, &panel, &fans->series[i], median_pen(job, job->rows[i]));
    }
    label_ends(job, drawing, &panel, fans);
    int start = ech_results_scenario(job->results, job->rows[0])->start_month;
    ech_panel_years(&drawing->canvas, &panel, start, 0, fans->baseline.n_years);
    drawing->height = panel.box.bottom + 24;
}

static void draw_multiple(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct ech_panel *panel, const struct fans *fans, int i)
{
    const struct ech_series *series = &fans->series[i];
    int row = job->rows[i];
    struct ech_look look = ech_figure_look(job, row);
    ech_fan_bands(&drawing->canvas, panel, series, look);
    if (row != job->policies.baseline) {
        ech_fan_median(&drawing->canvas, panel, &fans->baseline,
                       (struct ech_pen){0x777777, 1.1, 4});
    }
    ech_fan_median(&drawing->canvas, panel, series, (struct ech_pen){look.line, 1.9, 0});
    double last = series->year[series->n_years].p50;
    double y = last == last ? ech_panel_y(panel, last) : panel->box.bottom;
    ech_canvas_words(&drawing->canvas, (struct ech_point){panel->box.right + 4, y},
                     (struct ech_type){ECH_SIZE_SMALL, look.line, true, ECH_LEFT},
                     ech_number(last, 1).s);
    ech_grid_title(drawing, panel->box, look.line, ech_figure_title(job, row));
}

/* The panels of one family, fans first ... last - 1; gives the y below them. */
static double draw_family(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct fans *fans, int family, double top)
{
    int first = family == 0 ? 0 : fans->second;
    int n = (family == 0 ? fans->second : fans->n) - first;
    struct ech_grid grid = {.n = n,
                            .columns = ech_grid_columns(drawing, fans->n),
                            .left = drawing->left + ech_panel_gutter(&fans->y[family]),
                            .right = drawing->right - 24,
                            .top = top + 34,
                            .gap_x = 46,
                            .gap_y = 62};
    grid.panel_height = grid.columns == 4 ? 88 : 128;
    for (int i = 0; i < n; i++) {
        const struct ech_series *series = &fans->series[first + i];
        struct ech_panel panel = {ech_grid_box(&grid, i), ech_fan_years(series->n_years),
                                  fans->y[family]};
        int start = ech_results_scenario(job->results, job->rows[first + i])->start_month;
        ech_panel_rows(&drawing->canvas, &panel, ech_grid_is_left(&grid, i));
        draw_multiple(job, drawing, &panel, fans, first + i);
        ech_panel_years(&drawing->canvas, &panel, start, 0, series->n_years);
    }
    return n > 0 ? ech_grid_bottom(&grid) + 24 : top;
}

static void draw_multiples(const struct ech_figure_job *job, struct ech_drawing *drawing,
                           const struct fans *fans)
{
    double bottom = draw_family(job, drawing, fans, 0, 0);
    drawing->height = draw_family(job, drawing, fans, 1, bottom + (bottom > 0 ? 8 : 0));
    if (fans->second == fans->n) {
        drawing->height = bottom;
    }
}

/* One scenario: does its rate change between its first and its last year? */
static enum ech_status headline_of_one(const struct ech_figure_job *job,
                                       const struct ech_series *series, struct ech_drawing *drawing,
                                       struct ech_error *error)
{
    struct ech_summary change;
    int last = series->n_years, first = last > 0 ? 1 : 0, row = job->rows[0];
    enum ech_status status = ech_series_change(series, first, last, &change, error);
    enum ech_verdict verdict = ech_compare_verdict(&change, false);
    static const char *const words[][2] = {
        [ECH_VERDICT_UNCLEAR] = {"Vacancies: no clear change between {1} ({2}%) and {3} ({4}%)",
                                 "{1}年（{2}%）至{3}年（{4}%）空缺率无明显变化"},
        [ECH_VERDICT_BETTER] = {"Vacancies fall from {2}% in {1} to {4}% in {3}",
                                "空缺率由{1}年的{2}%降至{3}年的{4}%"},
        [ECH_VERDICT_WORSE] = {"Vacancies rise from {2}% in {1} to {4}% in {3}",
                               "空缺率由{1}年的{2}%升至{3}年的{4}%"}};
    static const char *const still[2] = {"{2}% of leading posts are vacant at the start, {1}",
                                         "起始（{1}年）领导职位空缺率为{2}%"};
    ech_text_fill(&drawing->headline, (last > 0 ? words[verdict] : still)[job->lang],
                  ech_number_seed((uint64_t)ech_figure_year(job, row, first)).s,
                  ech_number(series->year[first].mean, 1).s,
                  ech_number_seed((uint64_t)ech_figure_year(job, row, last)).s,
                  ech_number(series->year[last].mean, 1).s, NULL);
    ech_text_add(&drawing->scenarios, ech_figure_title(job, row));
    return status;
}

static bool is_selected(const struct ech_figure_job *job, int scenario)
{
    for (int i = 0; i < job->n; i++) {
        if (job->rows[i] == scenario) {
            return true;
        }
    }
    return false;
}

/* No policies, only references: what their last years show. */
static void headline_of_levels(const struct ech_figure_job *job, const struct fans *fans,
                               struct ech_drawing *drawing)
{
    for (int i = 0; i < fans->n && i < 2; i++) {
        const struct ech_series *series = &fans->series[i];
        ech_text_fill(
            &drawing->headline,
            ech_pick(job->lang, "{1}“{2}”: {4}% vacant in {3}", "{1}“{2}”：{3}年空缺率{4}%"),
            i > 0 ? ech_pick(job->lang, "; ", "；") : "", ech_figure_title(job, job->rows[i]),
            ech_number_seed((uint64_t)ech_figure_year(job, job->rows[i], series->n_years)).s,
            ech_number(series->year[series->n_years].p50, 1).s, NULL);
    }
}

static void headline_of_effect(const struct ech_figure_job *job, const struct ech_effect *effect,
                               struct ech_drawing *drawing)
{
    static const char *const words[][2] = {
        [ECH_VERDICT_UNCLEAR] = {"“{1}” makes no clear difference to the vacancy rate ({2} points)",
                                 "“{1}”对空缺率无明显影响（{2}个百分点）"},
        [ECH_VERDICT_BETTER] = {"“{1}” lowers the vacancy rate ({2} points)",
                                "“{1}”降低空缺率（{2}个百分点）"},
        [ECH_VERDICT_WORSE] = {"“{1}” raises the vacancy rate ({2} points)",
                               "“{1}”使空缺率上升（{2}个百分点）"}};
    int decimals = ech_findings_decimals(&effect->difference);
    ech_text_fill(&drawing->headline, words[effect->verdict][job->lang],
                  ech_figure_title(job, effect->scenario),
                  ech_findings_points(effect->difference.mean, decimals).s, NULL);
}

/* Several: how many policies make a clear difference against their reference? */
static enum ech_status headline_of_many(const struct ech_figure_job *job, const struct fans *fans,
                                        struct ech_drawing *drawing, struct ech_error *error)
{
    struct ech_effects effects;
    const struct ech_effect *shown = NULL;
    int count[3] = {0}, n = 0;
    enum ech_status status =
        ech_effects_measure(job->results, &job->policies, measure, -1, &effects, error);
    for (int i = 0; i < effects.n && status == ECH_OK; i++) {
        if (is_selected(job, effects.effect[i].scenario)) {
            shown = &effects.effect[i];
            count[shown->matters ? shown->verdict : ECH_VERDICT_UNCLEAR]++;
            n++;
        }
    }
    if (n == 0) {
        headline_of_levels(job, fans, drawing);
    } else if (n == 1) {
        headline_of_effect(job, shown, drawing);
    } else if (count[ECH_VERDICT_BETTER] + count[ECH_VERDICT_WORSE] == 0) {
        ech_text_fill(&drawing->headline,
                      ech_pick(job->lang,
                               "None of {1} policies clearly changes vacancies by a post or more",
                               "{1}项政策均未明显改变空缺（不足1个职位）"),
                      ech_number(n, 0).s, NULL);
    } else {
        ech_text_fill(&drawing->headline,
                      ech_pick(job->lang,
                               "Of {1} policies, clearly fewer vacancies by a post or more: {2}; "
                               "more: {3}; less than a post or not clear: {4}",
                               "{1}项政策中，{2}项明显减少空缺（至少1个职位），{3}项明显增加，"
                               "{4}项不足1个职位或不明显"),
                      ech_number(n, 0).s, ech_number(count[ECH_VERDICT_BETTER], 0).s,
                      ech_number(count[ECH_VERDICT_WORSE], 0).s,
                      ech_number(count[ECH_VERDICT_UNCLEAR], 0).s, NULL);
    }
    ech_effects_free(&effects);
    return status;
}

static void subtitle(const struct ech_figure_job *job, const struct fans *fans,
                     struct ech_drawing *drawing)
{
    ech_text_add(&drawing->subtitle,
                 ech_pick(job->lang, "Vacant leading posts, % of posts, mean of each year; ",
                          "领导职位空缺率（%，全年平均）；"));
    ech_figure_replications(job, fans->baseline.n_replications,
                            ech_pick(job->lang,
                                     "line and number: median of {1} replications, bands: middle "
                                     "50% and 90%",
                                     "线与数字为{1}次重复的中位数，色带为中间50%和90%"),
                            &drawing->subtitle);
    if (fans->n > MOST_TOGETHER) {
        ech_text_fill(&drawing->subtitle, ech_pick(job->lang, "; dashed: “{1}”", "；虚线为“{1}”"),
                      ech_figure_title(job, job->policies.baseline), NULL);
    }
    if (fans->y[0].high < fans->y[1].high || fans->y[0].high > fans->y[1].high) {
        ech_text_fill(&drawing->subtitle,
                      ech_pick(job->lang,
                               "; “{1}” and what extends it below, on a scale of its own",
                               "；“{1}”及其派生情景在下方，刻度不同"),
                      ech_figure_title(job, job->policies.closed), NULL);
    }
}

/* Whether any rate is defined: without leading posts there is none. */
static bool has_posts(const struct fans *fans)
{
    for (int i = 0; i < fans->n; i++) {
        for (int y = 0; y <= fans->series[i].n_years; y++) {
            if (!isnan(fans->series[i].year[y].mean)) {
                return true;
            }
        }
    }
    return false;
}

/* The fans of `shown`; the headline tells of all policies of the job. */
static enum ech_status draw_fans(const struct ech_figure_job *job,
                                 const struct ech_figure_job *shown, int n_left_out,
                                 struct ech_drawing *drawing, struct ech_error *error)
{
    struct fans fans = {0};
    enum ech_status status = fans_read(shown, &fans, error);
    if (status == ECH_OK && !has_posts(&fans)) {
        ech_text_add(&drawing->headline,
                     ech_pick(job->lang, "There are no leading posts", "没有领导职位"));
    } else if (status == ECH_OK && job->n == 1) {
        status = headline_of_one(job, &fans.series[0], drawing, error);
    } else if (status == ECH_OK) {
        status = headline_of_many(job, &fans, drawing, error);
    }
    if (status == ECH_OK) {
        subtitle(shown, &fans, drawing);
        ech_figure_left_out(job, n_left_out, &drawing->subtitle);
        if (shown->n > MOST_TOGETHER) {
            draw_multiples(shown, drawing, &fans);
        } else {
            draw_together(shown, drawing, &fans);
        }
    }
    fans_free(&fans);
    return status;
}

enum ech_status ech_figure_vacancy_fan(const struct ech_figure_job *job,
                                       struct ech_drawing *drawing, struct ech_error *error)
{
    struct ech_figure_job focus;
    int n_left_out;
    enum ech_status status = ech_figure_focus(job, &focus, &n_left_out, error);
    if (status == ECH_OK) {
        status = draw_fans(job, &focus, n_left_out, drawing, error);
    }
    free(focus.rows);
    return status;
}
