/* Who leaves in each year, by cause. */
#include <math.h>
#include <stdio.h>

#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"

static const unsigned colours[ECH_N_CAUSES] = {
    [ECH_CAUSE_RETIRE] = 0x525252,      [ECH_CAUSE_DEATH] = 0x737373,
    [ECH_CAUSE_RESIGN] = 0x969696,      [ECH_CAUSE_UPWARD] = 0xBDBDBD,
    [ECH_CAUSE_OUTWARD] = 0xC6A15B,     [ECH_CAUSE_PROMOTED_OUT] = 0x8C6D31,
    [ECH_CAUSE_ROTATED_OUT] = 0x7B4173, [ECH_CAUSE_DISMISSED] = 0xCE6DBD};

struct exits {
    int scenario;
    struct ech_series cause[ECH_N_CAUSES];
    struct ech_series all;
    int n_shown;
    enum ech_cause shown[ECH_N_CAUSES]; /* causes that occur at all, from the ground up */
};

static void exits_free(struct exits *exits)
{
    for (int c = 0; c < ECH_N_CAUSES; c++) {
        ech_series_free(&exits->cause[c]);
    }
    ech_series_free(&exits->all);
}

static bool occurs(const struct ech_series *series)
{
    for (int y = 1; y <= series->n_years; y++) {
        if (series->year[y].mean > 0) {
            return true;
        }
    }
    return false;
}

static enum ech_status exits_read(const struct ech_figure_job *job, struct exits *exits,
                                  struct ech_error *error)
{
    struct ech_series_key key = {exits->scenario, 0, "exits"};
    enum ech_status status = ech_series_read(job->results, key, &exits->all, error);
    for (int c = 0; c < ECH_N_CAUSES && status == ECH_OK; c++) {
        char measure[64];
        snprintf(measure, sizeof measure, "exits[%s]", ech_cause_names[c]);
        key.measure = measure;
        status = ech_series_read(job->results, key, &exits->cause[c], error);
        if (status == ECH_OK && occurs(&exits->cause[c])) {
            exits->shown[exits->n_shown++] = (enum ech_cause)c;
        }
    }
    return status;
}

static void draw_bar(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct exits *exits, int y)
{
    double half = fmin((ech_panel_x(panel, 1) - ech_panel_x(panel, 0)) * 0.38, 24);
    double x = ech_panel_x(panel, y), sum = 0;
    const struct ech_summary *all = &exits->all.year[y];
    for (int i = 0; i < exits->n_shown; i++) {
        double mean = exits->cause[exits->shown[i]].year[y].mean;
        struct ech_box box = {x - half, ech_panel_y(panel, sum + mean), x + half,
                              ech_panel_y(panel, sum)};
        ech_canvas_box(&drawing->canvas, box, colours[exits->shown[i]]);
        if (sum > 0 && box.bottom - box.top > 2) {
            ech_canvas_segment(&drawing->canvas, (struct ech_point){box.left, box.bottom},
                               (struct ech_point){box.right, box.bottom},
                               (struct ech_pen){ECH_PAPER, 0.8, 0});
        }
        sum += mean;
    }
    if (all->n > 1 && all->p95 > all->p05) {
        ech_range_line(&drawing->canvas, x, ech_panel_y(panel, all->p95),
                       ech_panel_y(panel, all->p05));
    }
}

static double mean_of_years(const struct ech_series *series)
{
    double sum = 0;
    for (int y = 1; y <= series->n_years; y++) {
        sum += series->year[y].mean;
    }
    return series->n_years > 0 ? sum / series->n_years : NAN;
}

/* Names and means of the causes to the right of the last bar, moved apart. */
static void label_causes(const struct ech_figure_job *job, struct ech_drawing *drawing,
                         const struct ech_panel *panel, const struct exits *exits)
{
    double y[ECH_N_CAUSES], sum = 0;
    int n = exits->n_shown, last = exits->all.n_years;
    for (int i = 0; i < n; i++) {
        double mean = exits->cause[exits->shown[i]].year[last].mean;
        y[n - 1 - i] = ech_panel_y(panel, sum + mean / 2);
        sum += mean;
    }
    ech_panel_spread(y, n, 18, panel->box.top + 26, panel->box.bottom - 4);
    for (int i = 0; i < n; i++) {
        enum ech_cause cause = exits->shown[i];
        double at = y[n - 1 - i], x = panel->box.right + 10;
        ech_canvas_box(&drawing->canvas, (struct ech_box){x, at - 5, x + 10, at + 5},
                       colours[cause]);
        ech_canvas_words(&drawing->canvas, (struct ech_point){x + 16, at},
                         ech_label(ECH_INK, ECH_LEFT), ech_words_cause(cause, job->lang));
        ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, at},
                         ech_label(ECH_INK, ECH_RIGHT),
                         ech_number(mean_of_years(&exits->cause[cause]), 1).s);
    }
    double total = (n > 0 ? y[0] : panel->box.bottom) - 19;
    ech_canvas_words(&drawing->canvas, (struct ech_point){panel->box.right + 26, total},
                     ech_bold(ECH_INK, ECH_LEFT),
                     ech_pick(job->lang, "all, mean a year", "合计（年均）"));
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, total},
                     ech_bold(ECH_INK, ECH_RIGHT), ech_number(mean_of_years(&exits->all), 1).s);
}

static void draw_exits(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct exits *exits)
{
    int n_years = exits->all.n_years;
    struct ech_axis axis = ech_axis_cover(0, ech_series_top(&exits->all), 5);
    struct ech_panel panel = {
        {drawing->left + ech_panel_gutter(&axis), 6, drawing->right - 176, 290},
        {0.4, (n_years > 0 ? n_years : 1) + 0.6, 1, 0},
        axis};
    ech_panel_rows(&drawing->canvas, &panel, true);
    for (int y = 1; y <= n_years; y++) {
        draw_bar(drawing, &panel, exits, y);
    }
    if (n_years > 0) {
        int start = ech_results_scenario(job->results, exits->scenario)->start_month;
        ech_panel_years(&drawing->canvas, &panel, start, 1, n_years);
        label_causes(job, drawing, &panel, exits);
    }
    drawing->height = panel.box.bottom + 24;
}

static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct exits *exits, const struct ech_peak *peak)
{
    double all = mean_of_years(&exits->all);
    if (exits->all.n_years == 0) {
        ech_text_add(&drawing->headline, ech_pick(job->lang, "No year was run: nobody has left yet",
                                                  "未运行任何年份，尚无人离开"));
        return;
    }
    if (!(all > 0)) {
        ech_text_add(&drawing->headline, ech_pick(job->lang, "Nobody leaves", "无人离开"));
        return;
    }
    enum ech_cause first = exits->shown[0];
    for (int i = 1; i < exits->n_shown; i++) {
        if (mean_of_years(&exits->cause[exits->shown[i]]) > mean_of_years(&exits->cause[first])) {
            first = exits->shown[i];
        }
    }
    ech_text_fill(&drawing->headline,
                  ech_pick(job->lang, "{1} people leave a year, most often: {3} ({2}%)",
                           "年均{1}人离开，其中{3}占{2}%"),
                  ech_number_people(all).s,
                  ech_number_percent(mean_of_years(&exits->cause[first]) / all, 0).s,
                  ech_words_cause(first, job->lang), NULL);
    if (peak->is_clear) {
        int start = ech_results_scenario(job->results, exits->scenario)->start_month;
        ech_text_fill(&drawing->headline,
                      ech_pick(job->lang, "; most in {1}: {2}", "；{1}年最多，为{2}人"),
                      ech_findings_years(start, peak, job->lang).s,
                      ech_number_people(exits->all.year[peak->year].mean).s, NULL);
    } else {
        ech_text_add(&drawing->headline,
                     ech_pick(job->lang, "; no year clearly stands out", "；没有明显突出的年份"));
    }
}

enum ech_status ech_figure_exits_by_cause(const struct ech_figure_job *job,
                                          struct ech_drawing *drawing, struct ech_error *error)
{
    struct exits exits = {.scenario = ech_figure_single(job)};
    struct ech_peak peak;
    enum ech_status status = exits_read(job, &exits, error);
    if (status == ECH_OK) {
        status = ech_series_peak(&exits.all, exits.all.n_years > 0 ? 1 : 0, &peak, error);
    }
    if (status == ECH_OK) {
        headline(job, drawing, &exits, &peak);
        ech_text_add(
            &drawing->subtitle,
            ech_pick(job->lang,
                     "People on the administrative track who leave the county's books, a year; ",
                     "行政编制每年离开人数（人）；"));
        ech_figure_replications(job, exits.all.n_replications,
                                ech_pick(job->lang,
                                         "mean of {1} replications, line: 90% of these for the sum",
                                         "{1}次重复的均值，竖线为合计的90%区间"),
                                &drawing->subtitle);
        ech_text_add(&drawing->scenarios, ech_figure_title(job, exits.scenario));
        draw_exits(job, drawing, &exits);
    }
    exits_free(&exits);
    return status;
}
