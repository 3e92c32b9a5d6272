/* Whether remote units are short of people: vacant places, vacant posts and who leaves by choice, of
   the units of one type by thirds of remoteness. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "plots/figure.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"
#include "results/compare.h"

/* From near to far; a slate that no policy, cause or reason has. */
static const unsigned colours[ECH_N_REMOTENESS] = {0xC3CBD6, 0x8492A6, 0x3F4E63};

enum { N_RATES = 3, ROW_HEIGHT = 26 };

static const struct {
    const char *measure;
    const char *title[2];
} rates[N_RATES] = {
    {"establishment_vacancy_rate", {"vacant places, %", "空编率（%）"}},
    {"post_vacancy_rate", {"vacant leading posts, %", "领导职位空缺率（%）"}},
    {"exits_chosen_rate", {"leave by choice, % a year", "年自愿离开率（%）"}},
};

/* Rates of one type, in per cent: means over the years, summarised over the replications. */
struct remoteness {
    int scenario, group;
    int n_replications, n_years;
    int n_bands;
    int bands[ECH_N_REMOTENESS]; /* those with places, the nearest first */
    struct ech_summary rate[N_RATES][ECH_N_REMOTENESS];
    struct ech_summary farther; /* vacant places of the farthest band less those of the nearest */
};

static void measure_name(int rate, int band, char *name, size_t size)
{
    snprintf(name, size, "%s[%s]", rates[rate].measure, ech_remoteness_names[band]);
}

/* Each replication's mean over the years from 1 on, in per cent; the array is the caller's. */
static enum ech_status read_means(const struct ech_figure_job *job, struct remoteness *found,
                                  int rate, int band, double **means, struct ech_error *error)
{
    char name[96];
    struct ech_series series = {0};
    measure_name(rate, band, name, sizeof name);
    struct ech_series_key key = {found->scenario, found->group, name};
    enum ech_status status = ech_series_read(job->results, key, &series, error);
    if (status == ECH_OK) {
        status = ech_series_array(series.n_replications, means, error);
    }
    if (status == ECH_OK) {
        found->n_replications = series.n_replications;
        found->n_years = series.n_years;
        ech_series_scale(&series, 100);
        ech_mean_over_years(series.values, series.n_replications, series.n_years, 1, series.n_years,
                            *means);
    }
    ech_series_free(&series);
    return status;
}

static enum ech_status read_rate(const struct ech_figure_job *job, struct remoteness *found,
                                 int rate, struct ech_error *error)
{
    double *means[ECH_N_REMOTENESS] = {0};
    enum ech_status status = ECH_OK;
    for (int band = 0; band < ECH_N_REMOTENESS && status == ECH_OK; band++) {
        status = read_means(job, found, rate, band, &means[band], error);
        if (status == ECH_OK) {
            found->rate[rate][band] = ech_summarise(means[band], found->n_replications);
        }
        if (status == ECH_OK && rate == 0 && found->rate[rate][band].n > 0) {
            found->bands[found->n_bands++] = band;
        }
    }
    if (status == ECH_OK && rate == 0 && found->n_bands > 1) {
        found->farther = ech_summarise_pairs(means[found->bands[found->n_bands - 1]],
                                             means[found->bands[0]], found->n_replications);
    }
    for (int band = 0; band < ECH_N_REMOTENESS; band++) {
        free(means[band]);
    }
    return status;
}

/* The first type of units with places at more than one remoteness; n_bands < 2 if there is none. */
static enum ech_status remoteness_read(const struct ech_figure_job *job, struct remoteness *found,
                                       struct ech_error *error)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, found->scenario);
    enum ech_status status = ECH_OK;
    for (int g = 0; g < scenario->n_groups && status == ECH_OK && found->n_bands < 2; g++) {
        if (scenario->groups[g].kind == ECH_GROUP_TYPE) {
            *found = (struct remoteness){.scenario = found->scenario, .group = g};
            status = read_rate(job, found, 0, error);
        }
    }
    for (int rate = 1; rate < N_RATES && status == ECH_OK && found->n_bands > 1; rate++) {
        status = read_rate(job, found, rate, error);
    }
    return status;
}

static double end_of(const struct ech_summary *rate)
{
    return rate->n > 1 ? fmax(rate->high, rate->mean) : rate->mean;
}

static double longest(const struct remoteness *found, int rate)
{
    double top = 0;
    for (int i = 0; i < found->n_bands; i++) {
        top = fmax(top, end_of(&found->rate[rate][found->bands[i]]));
    }
    return top;
}

/* A bar with the 95% interval of its mean, and its number. */
static void draw_bar(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct ech_summary *rate, int row, unsigned colour)
{
    double middle = ech_panel_y(panel, row + 0.5), half = ROW_HEIGHT * 0.34;
    if (isnan(rate->mean)) {
        ech_canvas_words(&drawing->canvas, (struct ech_point){panel->box.left + 6, middle},
                         ech_small(ECH_GREY, ECH_LEFT), ECH_NUMBER_NONE);
        return;
    }
    double end = ech_panel_x(panel, fmax(rate->mean, 0));
    ech_canvas_box(&drawing->canvas,
                   (struct ech_box){panel->box.left, middle - half, end, middle + half}, colour);
    if (rate->n > 1 && rate->high > rate->low) {
        ech_canvas_segment(&drawing->canvas,
                           (struct ech_point){ech_panel_x(panel, fmax(rate->low, 0)), middle},
                           (struct ech_point){ech_panel_x(panel, rate->high), middle},
                           (struct ech_pen){ECH_INK, 1.1, 0});
        end = fmax(end, ech_panel_x(panel, rate->high));
    }
    ech_figure_patched(drawing, (struct ech_point){end + 6, middle}, ech_small(ECH_INK, ECH_LEFT),
                       ech_number(rate->mean, 2).s);
}

static void draw_rates(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct remoteness *found)
{
    struct ech_grid grid = {.n = N_RATES,
                            .columns = drawing->narrow ? 1 : N_RATES,
                            .left = drawing->left + 56,
                            .right = drawing->right - 34,
                            .top = 28,
                            .panel_height = found->n_bands * ROW_HEIGHT,
                            .gap_x = 52,
                            .gap_y = 58};
    for (int rate = 0; rate < N_RATES; rate++) {
        struct ech_panel panel = {ech_grid_box(&grid, rate),
                                  ech_axis_cover(0, longest(found, rate), 3),
                                  {found->n_bands, 0, 1, 0}};
        ech_grid_title(drawing, panel.box, ECH_INK, rates[rate].title[job->lang]);
        ech_panel_columns(&drawing->canvas, &panel);
        for (int i = 0; i < found->n_bands; i++) {
            int band = found->bands[i];
            draw_bar(drawing, &panel, &found->rate[rate][band], i, colours[band]);
            if (ech_grid_is_left(&grid, rate)) {
                ech_canvas_words(
                    &drawing->canvas,
                    (struct ech_point){panel.box.left - 8, ech_panel_y(&panel, i + 0.5)},
                    ech_label(ECH_INK, ECH_RIGHT), ech_words_remoteness(band, job->lang));
            }
        }
    }
    drawing->height = ech_grid_bottom(&grid) + 24;
}

/* What the pairs say of the farthest and the nearest band. */
static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct remoteness *found)
{
    static const char *const says[][2] = {
        [ECH_VERDICT_WORSE] =
            {"Remote {1} stay short: {2}% of their places are vacant, of the nearest {3}%",
             "偏远{1}长期缺人：空编率{2}%，最近的为{3}%"},
        [ECH_VERDICT_BETTER] =
            {"Remote {1} are not the short ones: {2}% of their places are vacant, of the "
             "nearest {3}%",
             "偏远{1}并不更缺人：空编率{2}%，最近的为{3}%"},
        [ECH_VERDICT_UNCLEAR] = {
            "No clear difference between remote {1} ({2}% of places vacant) and the "
            "nearest ({3}%)",
            "偏远{1}（空编率{2}%）与最近的（{3}%）无明显差别"}};
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, found->scenario);
    const struct ech_summary *far = &found->rate[0][found->bands[found->n_bands - 1]];
    const struct ech_summary *near = &found->rate[0][found->bands[0]];
    ech_text_fill(&drawing->headline, says[ech_compare_verdict(&found->farther, false)][job->lang],
                  scenario->groups[found->group].title.text[job->lang], ech_number(far->mean, 1).s,
                  ech_number(near->mean, 1).s, NULL);
}

static void subtitle(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct remoteness *found)
{
    ech_text_fill(&drawing->subtitle,
                  ech_pick(job->lang, "Units by thirds of remoteness ({1}), mean of all years; ",
                           "{1}按偏远程度分三档，各年平均；"),
                  ech_results_scenario(job->results, found->scenario)
                      ->groups[found->group]
                      .title.text[job->lang],
                  NULL);
    ech_figure_replications(job, found->n_replications,
                            ech_pick(job->lang,
                                     "mean of {1} replications, line: 95% interval of the mean",
                                     "{1}次重复的均值，横线为均值的95%区间"),
                            &drawing->subtitle);
    if (found->farther.n > 1) {
        ech_text_fill(&drawing->subtitle,
                      ech_pick(job->lang,
                               "; vacant places, remote less nearest in the same replication: {1} "
                               "points ({2} to {3})",
                               "；同一次重复内偏远与最近的空编率之差为{1}个百分点（{2}至{3}）"),
                      ech_number_signed(found->farther.mean, 2).s,
                      ech_number_signed(found->farther.low, 2).s,
                      ech_number_signed(found->farther.high, 2).s, NULL);
    }
}

enum ech_status ech_figure_remoteness(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                      struct ech_error *error)
{
    struct remoteness found = {.scenario = ech_figure_single(job)};
    enum ech_status status = remoteness_read(job, &found, error);
    ech_text_add(&drawing->scenarios, ech_figure_title(job, found.scenario));
    if (status == ECH_OK && found.n_bands > 1) {
        headline(job, drawing, &found);
        subtitle(job, drawing, &found);
        draw_rates(job, drawing, &found);
    } else if (status == ECH_OK) {
        ech_text_add(&drawing->headline,
                     found.n_years == 0
                         ? ech_pick(job->lang, "No year was run", "未运行任何年份")
                         : ech_pick(job->lang, "No type of units is near and remote at once",
                                    "没有远近不同的同类单位"));
        ech_text_add(&drawing->subtitle,
                     ech_pick(job->lang, "Units of one type by thirds of remoteness",
                              "同类单位按偏远程度分三档"));
        drawing->height = 20;
    }
    return status;
}
