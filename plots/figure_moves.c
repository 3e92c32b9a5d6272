/* People who take a post, month by month and by type of unit, with the changes of terms marked. */
#include <math.h>
#include <stdlib.h>

#include "plots/figure.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

enum { MOST_TYPES = 6, MONTHS_A_YEAR = 12 };

/* Months without and with a change of terms. */
static const unsigned colours[2] = {0xA8B8B5, 0x01665E};

/* One type of units: a bar for each month, or for each year where months are not kept. */
struct rhythm {
    int group;
    int n_bars;
    double *mean; /* [n_bars] people who took a post */
    double *se;   /* [n_bars] NAN where there is no spread */
    bool *change; /* [n_bars] terms ended */
};

struct moves {
    int scenario;
    int n_replications;
    int n_types;
    int bars_a_year; /* 12, or 1 where months are not kept */
    struct rhythm type[MOST_TYPES];
};

static const char measure[] = "postings", ended[] = "terms_ended";

static void rhythm_free(struct rhythm *rhythm)
{
    free(rhythm->mean);
    free(rhythm->se);
    free(rhythm->change);
}

static enum ech_status rhythm_take(struct rhythm *rhythm, int n_bars, struct ech_error *error)
{
    rhythm->n_bars = n_bars;
    rhythm->change = calloc((size_t)n_bars + 1, sizeof *rhythm->change);
    enum ech_status status = ech_series_array(n_bars, &rhythm->mean, error);
    if (status == ECH_OK) {
        status = ech_series_array(n_bars, &rhythm->se, error);
    }
    if (status == ECH_OK && !rhythm->change) {
        status = ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = measure});
    }
    return status;
}

/* Means over replications by month; month 0 has no moves. */
static enum ech_status read_months(const struct ech_figure_job *job, int scenario,
                                   struct rhythm *rhythm, struct ech_error *error)
{
    int n_months = ech_results_scenario(job->results, scenario)->n_months;
    double *mean = NULL, *sd = NULL, *terms = NULL, *unused = NULL;
    int *n = NULL, *n_terms = NULL;
    enum ech_status status = rhythm_take(rhythm, n_months, error);
    if (status == ECH_OK) {
        status = ech_results_monthly(job->results, scenario, rhythm->group, measure, &mean, &sd, &n,
                                     error);
    }
    if (status == ECH_OK) {
        status = ech_results_monthly(job->results, scenario, rhythm->group, ended, &terms, &unused,
                                     &n_terms, error);
    }
    for (int m = 1; status == ECH_OK && m <= n_months; m++) {
        rhythm->mean[m - 1] = mean[m];
        rhythm->se[m - 1] = n[m] > 1 ? sd[m] / sqrt(n[m]) : NAN;
        rhythm->change[m - 1] = terms[m] > 0;
    }
    free(mean), free(sd), free(n);
    free(terms), free(unused), free(n_terms);
    return status;
}

static enum ech_status read_years(const struct ech_figure_job *job, int scenario,
                                  struct rhythm *rhythm, struct ech_error *error)
{
    struct ech_series people = {0}, terms = {0};
    struct ech_series_key key = {scenario, rhythm->group, measure};
    enum ech_status status = ech_series_read(job->results, key, &people, error);
    if (status == ECH_OK) {
        key.measure = ended;
        status = ech_series_read(job->results, key, &terms, error);
    }
    if (status == ECH_OK) {
        status = rhythm_take(rhythm, people.n_years, error);
    }
    for (int y = 1; status == ECH_OK && y <= people.n_years; y++) {
        rhythm->mean[y - 1] = people.year[y].mean;
        rhythm->se[y - 1] = people.year[y].se;
        rhythm->change[y - 1] = terms.year[y].mean > 0;
    }
    ech_series_free(&people);
    ech_series_free(&terms);
    return status;
}

static bool has_posts(const struct ech_figure_job *job, int scenario, int group)
{
    struct ech_series posts = {0};
    struct ech_series_key key = {scenario, group, "posts"};
    bool any =
        ech_series_read(job->results, key, &posts, NULL) == ECH_OK && ech_series_top(&posts) > 0;
    ech_series_free(&posts);
    return any;
}

static enum ech_status moves_read(const struct ech_figure_job *job, struct moves *moves,
                                  struct ech_error *error)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, moves->scenario);
    enum ech_status status = ECH_OK;
    moves->n_replications = scenario->n_replications_done;
    moves->bars_a_year =
        ech_results_keeps_monthly(job->results, moves->scenario, 0, measure) ? MONTHS_A_YEAR : 1;
    for (int g = 0; g < scenario->n_groups && status == ECH_OK; g++) {
        if (scenario->groups[g].kind != ECH_GROUP_TYPE || moves->n_types == MOST_TYPES ||
            !has_posts(job, moves->scenario, g)) {
            continue;
        }
        struct rhythm *rhythm = &moves->type[moves->n_types++];
        rhythm->group = g;
        status = moves->bars_a_year == 1 ? read_years(job, moves->scenario, rhythm, error)
                                         : read_months(job, moves->scenario, rhythm, error);
    }
    return status;
}

static const char *type_title(const struct ech_figure_job *job, const struct moves *moves, int t)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, moves->scenario);
    return scenario->groups[moves->type[t].group].title.text[job->lang];
}

/* Mean of the bars with or without a change, and a bound of its standard error; NAN if there are none. */
static double mean_of(const struct rhythm *rhythm, bool change, double *se)
{
    double sum = 0, spread = 0;
    int n = 0;
    for (int b = 0; b < rhythm->n_bars; b++) {
        if (rhythm->change[b] == change) {
            sum += rhythm->mean[b];
            spread += rhythm->se[b];
            n++;
        }
    }
    *se = n > 0 ? spread / n : NAN;
    return n > 0 ? sum / n : NAN;
}

/* Bars */

static void draw_bars(struct ech_drawing *drawing, const struct ech_panel *panel,
                      const struct moves *moves, const struct rhythm *rhythm)
{
    double pitch = (ech_panel_x(panel, 1) - ech_panel_x(panel, 0)) / moves->bars_a_year;
    double half = fmax(fmin(pitch * 0.42, 16), 0.3);
    for (int b = 0; b < rhythm->n_bars; b++) {
        double x = ech_panel_x(panel, (b + 0.5) / moves->bars_a_year);
        struct ech_box box = {x - half, ech_panel_y(panel, rhythm->mean[b]), x + half,
                              panel->box.bottom};
        if (rhythm->mean[b] > 0) {
            ech_canvas_box(&drawing->canvas, box, colours[rhythm->change[b]]);
        }
    }
}

/* "2021-06: 37" beside each bar of a change, on the side that has room. */
static void label_changes(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct ech_panel *panel, const struct moves *moves,
                          const struct rhythm *rhythm)
{
    int start = ech_results_scenario(job->results, moves->scenario)->start_month;
    double free_from = panel->box.left;
    for (int b = 0; b < rhythm->n_bars; b++) {
        struct ech_text words = {0};
        if (!rhythm->change[b]) {
            continue;
        }
        bool monthly = moves->bars_a_year > 1;
        ech_text_fill(&words, ech_pick(job->lang, "{1}: {2}", "{1}：{2}"),
                      monthly ? ech_number_month(start + b + 1).s
                              : ech_number_seed((uint64_t)ech_number_year(start, b + 1)).s,
                      ech_number_people(rhythm->mean[b]).s, NULL);
        double x = ech_panel_x(panel, (b + 0.5) / moves->bars_a_year);
        double width = ech_glyph_width(ech_text_string(&words), ECH_SIZE_SMALL);
        bool left = x + 5 + width > panel->box.right;
        double from = left ? x - 5 - width : x + 5;
        double y = fmax(ech_panel_y(panel, rhythm->mean[b]), panel->box.top) + 6;
        if (from >= free_from) {
            ech_figure_patched(drawing, (struct ech_point){from, y},
                               ech_small(colours[true], ECH_LEFT), ech_text_string(&words));
            free_from = from + width + 4;
        }
        ech_text_free(&words);
    }
}

static double top_of(const struct moves *moves)
{
    double top = 0;
    for (int t = 0; t < moves->n_types; t++) {
        for (int b = 0; b < moves->type[t].n_bars; b++) {
            top = fmax(top, moves->type[t].mean[b]);
        }
    }
    return top;
}

static void draw_moves(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct moves *moves)
{
    const struct ech_key_entry keys[] = {
        {colours[true], ech_pick(job->lang, "change of terms", "换届"), false},
        {colours[false], ech_pick(job->lang, "other times", "其他时间"), false}};
    int start = ech_results_scenario(job->results, moves->scenario)->start_month;
    int n_years = moves->n_types > 0
                      ? (moves->type[0].n_bars + moves->bars_a_year - 1) / moves->bars_a_year
                      : 0;
    struct ech_axis axis = ech_axis_cover(0, top_of(moves), 3);
    struct ech_grid grid = {.n = moves->n_types > 0 ? moves->n_types : 1,
                            .columns = 1,
                            .left = drawing->left + ech_panel_gutter(&axis),
                            .right = drawing->right - 8,
                            .top = ech_figure_key(drawing, 8, keys, 2) + 24,
                            .panel_height = moves->n_types > 3 ? 70 : 96,
                            .gap_y = 50};
    for (int t = 0; t < grid.n; t++) {
        struct ech_panel panel = {
            ech_grid_box(&grid, t), {0, n_years > 0 ? n_years : 1, 1, 0}, axis};
        ech_panel_rows(&drawing->canvas, &panel, true);
        ech_panel_years(&drawing->canvas, &panel, start, 0, n_years);
        if (t < moves->n_types) {
            draw_bars(drawing, &panel, moves, &moves->type[t]);
            label_changes(job, drawing, &panel, moves, &moves->type[t]);
            ech_grid_title(drawing, panel.box, ECH_INK, type_title(job, moves, t));
        }
    }
    drawing->height = ech_grid_bottom(&grid) + 24;
}

/* Words */

/* The type in which the changes of terms stand out most; ECH_NONE if none changes. */
static int most_bunched(const struct moves *moves)
{
    int best = ECH_NONE;
    double most = 0;
    for (int t = 0; t < moves->n_types; t++) {
        double se;
        double above = mean_of(&moves->type[t], true, &se) - mean_of(&moves->type[t], false, &se);
        if (!isnan(above) && (best == ECH_NONE || above > most)) {
            best = t;
            most = above;
        }
    }
    return best;
}

static void tell_without_change(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                const struct moves *moves)
{
    double all = 0;
    for (int t = 0; t < moves->n_types; t++) {
        double se, mean = mean_of(&moves->type[t], false, &se);
        all += isnan(mean) ? 0 : mean * moves->bars_a_year;
    }
    if (ech_results_scenario(job->results, moves->scenario)->n_months == 0) {
        ech_text_add(&drawing->headline, ech_pick(job->lang, "No month was run: nobody has moved",
                                                  "未运行任何月份，尚无人调整"));
        return;
    }
    if (!(all > 0)) {
        ech_text_add(&drawing->headline,
                     ech_pick(job->lang, "Nobody takes a leading post", "没有人到任领导职位"));
        return;
    }
    ech_text_fill(&drawing->headline,
                  ech_pick(job->lang,
                           "No change of terms: {1} people take a post in a year on average",
                           "期内没有换届：平均每年{1}人次到任"),
                  ech_number_people(all).s, NULL);
}

/* Bounds of the two standard errors are added: months of one replication may depend on each other. */
static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct moves *moves)
{
    static const char *const says[2][2][2] = {
        {{"{3}: {1} people take a post in a year of a change of terms, {2} in other years",
          "{3}：换届年份{1}人次到任，其他年份{2}人次"},
         {"Moves bunch at the change of terms: in {3}, {1} people take a post in such a year, {2} "
          "in others",
          "换届年份调整集中：{3}换届年份{1}人次到任，其他年份{2}人次"}},
        {{"{3}: {1} people take a post in a month of a change of terms, {2} in other months",
          "{3}：换届当月{1}人次到任，其他月份平均{2}人次"},
         {"Moves bunch at the change of terms: in {3}, {1} people take a post in such a month, {2} "
          "in others",
          "换届时调整集中：{3}换届当月{1}人次到任，其他月份平均{2}人次"}}};
    int t = most_bunched(moves);
    if (t == ECH_NONE) {
        tell_without_change(job, drawing, moves);
        return;
    }
    double se_change, se_other;
    double change = mean_of(&moves->type[t], true, &se_change);
    double other = mean_of(&moves->type[t], false, &se_other);
    bool clear = change - other > 3 * (se_change + se_other);
    ech_text_fill(&drawing->headline, says[moves->bars_a_year > 1][clear][job->lang],
                  ech_number_people(change).s, ech_number_people(other).s,
                  type_title(job, moves, t), NULL);
}

static void subtitle(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct moves *moves)
{
    ech_text_add(&drawing->subtitle,
                 moves->bars_a_year > 1
                     ? ech_pick(job->lang,
                                "People who take a leading post, by appointment or rotation, each "
                                "month; ",
                                "每月到任领导职位人次，含任职和交流；")
                     : ech_pick(job->lang,
                                "People who take a leading post, by appointment or rotation, each "
                                "year (this file holds no months); ",
                                "每年到任领导职位人次，含任职和交流（本文件不含月度数据）；"));
    ech_figure_replications(job, moves->n_replications,
                            ech_pick(job->lang, "mean of {1} replications, drawn without a band",
                                     "{1}次重复的均值，未画区间"),
                            &drawing->subtitle);
}

enum ech_status ech_figure_moves(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                 struct ech_error *error)
{
    struct moves moves = {.scenario = ech_figure_single(job)};
    enum ech_status status = moves_read(job, &moves, error);
    if (status == ECH_OK) {
        headline(job, drawing, &moves);
        subtitle(job, drawing, &moves);
        ech_text_add(&drawing->scenarios, ech_figure_title(job, moves.scenario));
        draw_moves(job, drawing, &moves);
    }
    for (int t = 0; t < moves.n_types; t++) {
        rhythm_free(&moves.type[t]);
    }
    return status;
}
