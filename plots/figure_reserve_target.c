/* People on the reserve lists against the people whom the rule asks for, chiefs and deputies. */
#include <math.h>
#include <stdio.h>

#include "plots/fan.h"
#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"

enum { MOST_SCENARIOS = 4 };

struct lists {
    struct ech_series listed[ECH_N_CLASSES];
    struct ech_series needed[ECH_N_CLASSES];
    struct ech_series missing; /* both classes */
};

static void lists_free(struct lists *lists)
{
    for (int c = 0; c < ECH_N_CLASSES; c++) {
        ech_series_free(&lists->listed[c]);
        ech_series_free(&lists->needed[c]);
    }
    ech_series_free(&lists->missing);
}

static enum ech_status read_class(const struct ech_figure_job *job, int scenario, int class,
                                  struct lists *lists, struct ech_error *error)
{
    char measure[64];
    struct ech_series_key key = {scenario, 0, measure};
    snprintf(measure, sizeof measure, "reserve[%s]", ech_class_names[class]);
    enum ech_status status = ech_series_read(job->results, key, &lists->listed[class], error);
    if (status == ECH_OK) {
        snprintf(measure, sizeof measure, "reserve_needed[%s]", ech_class_names[class]);
        status = ech_series_read(job->results, key, &lists->needed[class], error);
    }
    return status;
}

static enum ech_status lists_read(const struct ech_figure_job *job, int scenario,
                                  struct lists *lists, struct ech_error *error)
{
    struct ech_series_key key = {scenario, 0, "reserve_needed"};
    enum ech_status status = ech_series_read(job->results, key, &lists->missing, error);
    if (status == ECH_OK) {
        key.measure = "reserve";
        status = ech_series_add(job->results, key, -1, &lists->missing, error);
    }
    for (int c = 0; c < ECH_N_CLASSES && status == ECH_OK; c++) {
        status = read_class(job, scenario, c, lists, error);
    }
    return status;
}

static void draw_class(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct ech_panel *panel, const struct lists *lists, int scenario,
                       int class)
{
    const struct ech_series *listed = &lists->listed[class], *needed = &lists->needed[class];
    struct ech_look look = ech_figure_look(job, scenario);
    int last = listed->n_years;
    ech_fan_bands(&drawing->canvas, panel, listed, look);
    ech_fan_median(&drawing->canvas, panel, needed, (struct ech_pen){ECH_INK, 1.4, 5});
    ech_fan_median(&drawing->canvas, panel, listed, (struct ech_pen){look.line, 2.2, 0});
    double ends[2] = {needed->year[last].p50, listed->year[last].p50};
    unsigned colours[2] = {ECH_INK, look.line};
    int upper = ends[0] >= ends[1] ? 0 : 1;
    double y[2] = {ech_panel_y(panel, ends[upper]), ech_panel_y(panel, ends[1 - upper])};
    if (isnan(y[0]) || isnan(y[1])) {
        return;
    }
    ech_panel_spread(y, 2, 14, panel->box.top - 4, panel->box.bottom);
    for (int i = 0; i < 2; i++) {
        int which = i == 0 ? upper : 1 - upper;
        ech_canvas_words(&drawing->canvas, (struct ech_point){panel->box.right + 6, y[i]},
                         ech_bold(colours[which], ECH_LEFT), ech_number(ends[which], 0).s);
    }
    struct ech_point at = {ech_panel_x(panel, 0) + 4, ech_panel_y(panel, needed->year[0].p50) - 9};
    ech_canvas_words(&drawing->canvas, at, ech_small(ECH_INK, ECH_LEFT),
                     ech_pick(job->lang, "needed", "应备"));
}

static struct ech_axis scale_of(const struct lists *lists, int class)
{
    double top = fmax(ech_series_top(&lists->listed[class]), ech_series_top(&lists->needed[class]));
    return ech_axis_cover(0, top * 1.04, 4);
}

/* Room for the numbers of any panel. */
static double gutter_of(const struct lists *lists, int n)
{
    double widest = 0;
    for (int i = 0; i < n * ECH_N_CLASSES; i++) {
        struct ech_axis axis = scale_of(&lists[i / ECH_N_CLASSES], i % ECH_N_CLASSES);
        widest = fmax(widest, ech_panel_gutter(&axis));
    }
    return widest;
}

static void draw_scenario(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct ech_grid *grid, const struct lists *lists, int scenario,
                          int place)
{
    for (int c = 0; c < ECH_N_CLASSES; c++) {
        struct ech_text title = {0};
        struct ech_panel panel = {ech_grid_box(grid, place * ECH_N_CLASSES + c),
                                  ech_fan_years(lists->listed[c].n_years), scale_of(lists, c)};
        int start = ech_results_scenario(job->results, scenario)->start_month;
        ech_panel_rows(&drawing->canvas, &panel, true);
        draw_class(job, drawing, &panel, lists, scenario, c);
        ech_panel_years(&drawing->canvas, &panel, start, 0, lists->listed[c].n_years);
        ech_text_fill(&title, ech_pick(job->lang, "{1}: {2}", "{1}：{2}"),
                      ech_words_class((enum ech_class)c, job->lang),
                      ech_figure_title(job, scenario), NULL);
        ech_grid_title(drawing, panel.box, ech_figure_look(job, scenario).line,
                       ech_text_string(&title));
        ech_text_free(&title);
    }
}

/* Missing at the start and in the worst years, for the first scenario shown. */
static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct lists *lists, int scenario, const struct ech_peak *peak)
{
    const struct ech_series *missing = &lists->missing;
    double needed = lists->needed[0].year[0].mean + lists->needed[1].year[0].mean;
    int start = ech_results_scenario(job->results, scenario)->start_month;
    const char *words = ech_pick(
        job->lang, "The reserve rule asks for {1} people: {2} are missing at the start, {3} in {4}",
        "后备制度应备{1}人：起点缺{2}人，{4}年缺{3}人");
    struct ech_peak told = *peak;
    if (!(needed > 0)) {
        words = ech_pick(job->lang, "The reserve rule asks for nobody", "没有应备人选");
    } else if (!(missing->year[peak->year].mean > 0)) {
        words =
            ech_pick(job->lang, "The {1} people of the reserve rule are on the lists in every year",
                     "各年名单均达到后备制度应备的{1}人");
    } else if (missing->n_years == 0) {
        words = ech_pick(job->lang,
                         "The reserve rule asks for {1} people: {2} are missing at the start",
                         "后备制度应备{1}人：起点缺{2}人");
    } else if (peak->is_clear && peak->from > 0) {
        words = ech_pick(job->lang,
                         "The reserve rule asks for {1} people: {2} are missing at the start, "
                         "most in {4}: {3}",
                         "后备制度应备{1}人：起点缺{2}人，{4}年最多，缺{3}人");
    } else { /* no year is clearly the worst: the last one */
        told.year = told.from = told.to = missing->n_years;
    }
    ech_text_fill(&drawing->headline, words, ech_number_people(needed).s,
                  ech_number_people(fmax(missing->year[0].mean, 0)).s,
                  ech_number_people(fmax(missing->year[told.year].mean, 0)).s,
                  ech_findings_years(start, &told, job->lang).s, NULL);
}

static enum ech_status words(const struct ech_figure_job *job, struct ech_drawing *drawing,
                             const struct lists *lists, const int *rows, int n,
                             struct ech_error *error)
{
    const struct ech_series *missing = &lists[0].missing;
    struct ech_peak peak;
    enum ech_status status = ech_series_peak(missing, 0, &peak, error);
    if (status != ECH_OK) {
        return status;
    }
    headline(job, drawing, &lists[0], rows[0], &peak);
    ech_text_add(&drawing->subtitle,
                 ech_pick(job->lang,
                          "People on the reserve lists, mean of each year; dashed: people needed; ",
                          "后备名单人数（人，全年平均）；虚线为应备人数；"));
    ech_figure_replications(job, missing->n_replications,
                            ech_pick(job->lang,
                                     "line: median of {1} replications, bands: middle 50% and 90%",
                                     "实线为{1}次重复的中位数，色带为中间50%和90%"),
                            &drawing->subtitle);
    for (int i = 0; i < n && n <= 2; i++) {
        ech_text_add(&drawing->scenarios, i > 0 ? ech_pick(job->lang, "; ", "；") : "");
        ech_text_add(&drawing->scenarios, ech_figure_title(job, rows[i]));
    }
    return ECH_OK;
}

enum ech_status ech_figure_reserve_target(const struct ech_figure_job *job,
                                          struct ech_drawing *drawing, struct ech_error *error)
{
    struct lists lists[MOST_SCENARIOS] = {0};
    int rows[MOST_SCENARIOS];
    int n = ech_figure_few(job, MOST_SCENARIOS, rows);
    enum ech_status status = ECH_OK;
    for (int i = 0; i < n && status == ECH_OK; i++) {
        status = lists_read(job, rows[i], &lists[i], error);
    }
    if (status == ECH_OK) {
        struct ech_grid grid = {.n = n * ECH_N_CLASSES,
                                .columns = drawing->narrow ? 1 : ECH_N_CLASSES,
                                .left = drawing->left + gutter_of(lists, n),
                                .right = drawing->right - 30,
                                .top = 34,
                                .gap_x = 80,
                                .gap_y = 66,
                                .panel_height = drawing->narrow ? 130 : 170};
        status = words(job, drawing, lists, rows, n, error);
        for (int i = 0; i < n; i++) {
            draw_scenario(job, drawing, &grid, &lists[i], rows[i], i);
        }
        drawing->height = ech_grid_bottom(&grid) + 24;
    }
    for (int i = 0; i < n; i++) {
        lists_free(&lists[i]);
    }
    return status;
}
