/* Unit by year: the vacancy rate of leading posts, the probability of a break so far; the worst unit
   first. */
#include <math.h>
#include <stdlib.h>

#include "plots/figure.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

/* What a map shows, and its words. */
struct heat {
    const char *measure;
    bool sums_up; /* a year's value holds what came before: the last year tells all */
    const char *subtitle[2];
    const char *order[2]; /* in which the units stand, for the subtitle */
    /* Headlines: {1} units that stand out of {2}, {3} the worst with {4}%, {5} their type, {6} the
       county, {7} the last year; without any, {1} to {2} is the range */
    const char *none[2]; /* of no unit the measure is defined */
    const char *nobody_out[2], *some_out[2], *type_out[2];
};

static const struct heat vacancy = {
    .measure = "post_vacancy_rate",
    .none = {"No unit has leading posts", "各单位均无领导职位"},
    .subtitle = {"Vacant leading posts, % of the unit's posts, mean of each year; ",
                 "各单位领导职位空缺率（%，全年平均）；"},
    .order = {"; units by their mean over the years", "；单位按各年平均由高到低排列"},
    .nobody_out = {"No unit stands out: the means run from {1} to {2}%",
                   "没有明显突出的单位：各单位平均空缺率在{1}%至{2}%之间"},
    .some_out = {"{1} of {2} units are clearly above the county's {6}%; the highest mean is {4}% "
                 "({3})",
                 "{2}个单位中{1}个明显高于全县（{6}%）；平均最高为{3}（{4}%）"},
    .type_out = {"{1} of {2} units are clearly above the county's {6}%, all of them {5}; the "
                 "highest mean is {4}% ({3})",
                 "{2}个单位中{1}个明显高于全县（{6}%），均为{5}；平均最高为{3}（{4}%）"},
};

static const struct heat breaks = {
    .measure = "break_probability",
    .none = {"No unit has a chief's post", "各单位均无正职职位"},
    .sums_up = true,
    .subtitle =
        {"Probability, %, that by the end of the year a chief's post of the unit has opened "
         "with nobody on its list qualified; ",
         "至该年末已出现断层（正职出缺而本单位后备名单无合格人选）的概率（%）；"},
    .order = {"; units by the last year", "；单位按末年由高到低排列"},
    .nobody_out = {"No unit stands out: by {7} a break has happened with a probability of {1} to "
                   "{2}%",
                   "没有明显突出的单位：至{7}年各单位出现断层的概率在{1}%至{2}%之间"},
    .some_out =
        {"By {7} the risk of a break is clearly above the county's {6}% in {1} of {2} units; "
         "the highest is {4}% ({3})",
         "至{7}年，{2}个单位中{1}个的断层风险明显高于全县（{6}%）；最高为{3}（{4}%）"},
    .type_out =
        {"By {7} the risk of a break is clearly above the county's {6}% in {1} of {2} units, "
         "all of them {5}; the highest is {4}% ({3})",
         "至{7}年，{2}个单位中{1}个的断层风险明显高于全县（{6}%），均为{5}；最高为{3}（{4}%）"},
};

enum { MOST_ROWS = 90 };
/* Names are cut at this width. */
static const double label_width = 150;

/* A unit stands out only beyond this many standard errors: with some seventy units looked at, the
   usual two would name three of them by chance. */
static const double clear_z = 3.5;

struct unit_row {
    int group;
    struct ech_series series; /* per cent */
    double mean;              /* over the years, or of the last */
    bool stands_out;          /* clearly above the county */
};

struct map {
    const struct heat *heat;
    int scenario;
    int n_units;
    int n_shown;
    struct unit_row *row; /* [n_units] */
    struct ech_series county;
    double top; /* of the colour scale */
    bool has_undefined;
};

static void map_free(struct map *map)
{
    for (int i = 0; i < map->n_units && map->row; i++) {
        ech_series_free(&map->row[i].series);
    }
    free(map->row);
    ech_series_free(&map->county);
}

/* First year that a unit is judged by: 1, or the last; the start if there is no other. */
static int first_judged(const struct map *map)
{
    return map->heat->sums_up || map->county.n_years == 0 ? map->county.n_years : 1;
}

/* Mean of each replication over the years that units are judged by. */
static void replication_means(const struct map *map, const struct ech_series *series, double *out)
{
    ech_mean_over_years(series->values, series->n_replications, series->n_years, first_judged(map),
                        series->n_years, out);
}

static enum ech_status judge_unit(const struct map *map, struct unit_row *row,
                                  struct ech_error *error)
{
    double *own = NULL, *county = NULL;
    int n = row->series.n_replications;
    enum ech_status status = ech_series_array(n, &own, error);
    if (status == ECH_OK) {
        status = ech_series_array(n, &county, error);
    }
    if (status == ECH_OK) {
        replication_means(map, &row->series, own);
        replication_means(map, &map->county, county);
        struct ech_summary mean = ech_summarise(own, n);
        struct ech_summary above = ech_summarise_pairs(own, county, n);
        row->mean = mean.mean;
        row->stands_out = above.mean > 0 && above.mean > clear_z * above.se;
    }
    free(own);
    free(county);
    return status;
}

static enum ech_status read_unit(const struct ech_figure_job *job, struct map *map, int group,
                                 struct ech_error *error)
{
    struct unit_row *row = &map->row[map->n_units++];
    struct ech_series_key key = {map->scenario, group, map->heat->measure};
    row->group = group;
    enum ech_status status = ech_series_read(job->results, key, &row->series, error);
    if (status == ECH_OK) {
        ech_series_scale(&row->series, 100);
        status = judge_unit(map, row, error);
    }
    return status;
}

static int worst_first(const void *a, const void *b)
{
    const struct unit_row *x = a, *y = b;
    if (isnan(x->mean) || isnan(y->mean) || x->mean == y->mean) {
        int undefined = isnan(x->mean) - isnan(y->mean);
        return undefined ? undefined : x->group - y->group;
    }
    return x->mean < y->mean ? 1 : -1;
}

static enum ech_status map_read(const struct ech_figure_job *job, struct map *map,
                                struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, map->scenario);
    struct ech_series_key key = {map->scenario, 0, map->heat->measure};
    enum ech_status status = ech_series_read(job->results, key, &map->county, error);
    map->row = calloc((size_t)scenario->n_groups + 1, sizeof *map->row);
    if (status == ECH_OK && !map->row) {
        status = ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = map->heat->measure});
    }
    if (status == ECH_OK) {
        ech_series_scale(&map->county, 100);
    }
    for (int g = 0; g < scenario->n_groups && status == ECH_OK; g++) {
        if (scenario->groups[g].kind == ECH_GROUP_UNIT) {
            status = read_unit(job, map, g, error);
        }
    }
    if (status == ECH_OK) {
        qsort(map->row, (size_t)map->n_units, sizeof *map->row, worst_first);
        map->n_shown = map->n_units < MOST_ROWS ? map->n_units : MOST_ROWS;
    }
    return status;
}

static void scale_colours(struct map *map)
{
    double top = 0;
    for (int i = 0; i < map->n_shown; i++) {
        for (int y = 0; y <= map->row[i].series.n_years; y++) {
            double mean = map->row[i].series.year[y].mean;
            top = mean > top ? mean : top;
            map->has_undefined = map->has_undefined || isnan(mean);
        }
    }
    map->top = ech_axis_cover(0, top, 4).high;
}

/* An undefined value is left open with a stroke through it. */
static void draw_open_cell(struct ech_canvas *canvas, struct ech_box box)
{
    ech_canvas_segment(canvas, (struct ech_point){box.left + 1, box.bottom - 1},
                       (struct ech_point){box.right - 1, box.top + 1},
                       (struct ech_pen){ECH_RULE, 0.8, 0});
}

/* The scale from 0 to its top, and what an open cell means. */
static void draw_scale(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct map *map)
{
    enum { STEPS = 40 };
    struct ech_canvas *canvas = &drawing->canvas;
    double left = drawing->left + 16, width = 160, y = 8;
    for (int i = 0; i < STEPS; i++) {
        /* each box reaches to the end, so that no seams show */
        struct ech_box box = {left + width * i / STEPS, y - 5, left + width, y + 5};
        ech_canvas_box(canvas, box, ech_heat((i + 0.5) / STEPS));
    }
    ech_canvas_words(canvas, (struct ech_point){left - 6, y}, ech_label(ECH_GREY, ECH_RIGHT), "0");
    struct ech_text top = {0};
    ech_text_fill(&top, "{1}%", ech_number(map->top, map->top < 3 ? 1 : 0).s, NULL);
    ech_canvas_words(canvas, (struct ech_point){left + width + 7, y}, ech_label(ECH_GREY, ECH_LEFT),
                     ech_text_string(&top));
    ech_text_free(&top);
    if (map->has_undefined) {
        draw_open_cell(canvas, (struct ech_box){left + 240, y - 5, left + 256, y + 5});
        ech_canvas_words(canvas, (struct ech_point){left + 262, y}, ech_label(ECH_GREY, ECH_LEFT),
                         ech_pick(job->lang, "nothing to count", "无可统计"));
    }
}

static void draw_row(struct ech_drawing *drawing, const struct map *map, struct ech_panel *panel,
                     const struct unit_row *row)
{
    double half = (ech_panel_x(panel, 1) - ech_panel_x(panel, 0)) / 2;
    for (int y = 0; y <= row->series.n_years; y++) {
        double x = ech_panel_x(panel, y), mean = row->series.year[y].mean;
        struct ech_box box = {x - half + 0.6, panel->box.top + 0.5, x + half - 0.6,
                              panel->box.bottom - 0.5};
        if (isnan(mean)) {
            draw_open_cell(&drawing->canvas, box);
        } else {
            ech_canvas_box(&drawing->canvas, box, ech_heat(mean / map->top));
        }
    }
}

static const char *unit_title(const struct ech_figure_job *job, const struct map *map, int place)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, map->scenario);
    return scenario->groups[map->row[place].group].title.text[job->lang];
}

/* Left edge of the cells: the names end there. */
static double cells_left(const struct ech_figure_job *job, const struct ech_drawing *drawing,
                         const struct map *map)
{
    double room = 0;
    for (int i = 0; i < map->n_shown; i++) {
        room = fmax(room, ech_glyph_width(unit_title(job, map, i), ECH_SIZE_SMALL) + 8);
    }
    return drawing->left + fmin(room, label_width + 8);
}

/* Name to the left and mean to the right of a row. */
static void label_row(const struct ech_figure_job *job, struct ech_drawing *drawing,
                      const struct map *map, const struct ech_box *box, int place)
{
    struct ech_text label = {0};
    double middle = (box->top + box->bottom) / 2;
    ech_glyph_cut(&label, unit_title(job, map, place), ECH_SIZE_SMALL, label_width);
    ech_canvas_words(&drawing->canvas, (struct ech_point){box->left - 7, middle},
                     ech_small(ECH_INK, ECH_RIGHT), ech_text_string(&label));
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, middle},
                     ech_small(ECH_INK, ECH_RIGHT), ech_number(map->row[place].mean, 1).s);
    ech_text_free(&label);
}

static void draw_map(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct map *map)
{
    double pitch = map->n_shown > 30 ? 11.2 : 18, top = 28;
    struct ech_panel panel = {{cells_left(job, drawing, map), top, drawing->right - 44, top},
                              {-0.5, map->county.n_years + 0.5, 1, 0},
                              {0, 1, 1, 0}};
    draw_scale(job, drawing, map);
    int start = ech_results_scenario(job->results, map->scenario)->start_month;
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, top - 9},
                     ech_small(ECH_GREY, ECH_RIGHT),
                     map->heat->sums_up ? ech_pick(job->lang, "last, %", "末年%")
                                        : ech_pick(job->lang, "mean, %", "平均%"));
    for (int i = 0; i < map->n_shown; i++) {
        panel.box.top = top + i * pitch;
        panel.box.bottom = panel.box.top + pitch;
        draw_row(drawing, map, &panel, &map->row[i]);
        label_row(job, drawing, map, &panel.box, i);
    }
    ech_panel_years(&drawing->canvas, &panel, start, 0, map->county.n_years);
    drawing->height = panel.box.bottom + 22;
}

/* Title of the type that all units standing out share, or NULL. */
static const char *common_type(const struct ech_figure_job *job, const struct map *map)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, map->scenario);
    int common = ECH_NONE;
    for (int i = 0; i < map->n_units; i++) {
        if (!map->row[i].stands_out) {
            continue;
        }
        int type = ech_results_find_group(job->results, map->scenario,
                                          scenario->groups[map->row[i].group].type);
        if (type == ECH_NONE || (common != ECH_NONE && type != common)) {
            return NULL;
        }
        common = type;
    }
    return common == ECH_NONE ? NULL : scenario->groups[common].title.text[job->lang];
}

static double county_mean(const struct map *map)
{
    double sum = 0;
    int n = 0;
    for (int y = first_judged(map); y <= map->county.n_years; y++) {
        if (!isnan(map->county.year[y].mean)) {
            sum += map->county.year[y].mean;
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

/* What is said where the units cannot be told apart; NULL: they can. */
static const char *unranked(const struct ech_figure_job *job, const struct map *map)
{
    if (map->n_units == 0) {
        return ech_pick(job->lang, "There are no units", "没有单位");
    }
    if (isnan(map->row[0].mean)) { /* the first, and so all */
        return map->heat->none[job->lang];
    }
    return map->county.n_replications > 1
               ? NULL
               : ech_pick(job->lang, "No unit stands out: one replication has no interval",
                          "没有明显突出的单位：只有一次重复，没有区间");
}

static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct map *map)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, map->scenario);
    int n_out = 0;
    for (int i = 0; i < map->n_units; i++) {
        n_out += map->row[i].stands_out ? 1 : 0;
    }
    if (unranked(job, map) != NULL) {
        ech_text_add(&drawing->headline, unranked(job, map));
        return;
    }
    const struct heat *heat = map->heat;
    const struct unit_row *worst = &map->row[0], *best = &map->row[map->n_units - 1];
    while (best > worst && isnan(best->mean)) {
        best--;
    }
    const char *type = n_out > 0 ? common_type(job, map) : NULL;
    struct ech_number year =
        ech_number_seed((uint64_t)ech_figure_year(job, map->scenario, map->county.n_years));
    if (n_out == 0) {
        ech_text_fill(&drawing->headline, heat->nobody_out[job->lang], ech_number(best->mean, 1).s,
                      ech_number(worst->mean, 1).s, "", "", "", "", year.s, NULL);
        return;
    }
    ech_text_fill(&drawing->headline, (type ? heat->type_out : heat->some_out)[job->lang],
                  ech_number(n_out, 0).s, ech_number(map->n_units, 0).s,
                  scenario->groups[worst->group].title.text[job->lang],
                  ech_number(worst->mean, 1).s, type ? type : "", ech_number(county_mean(map), 1).s,
                  year.s, NULL);
}

static void subtitle(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct map *map)
{
    ech_text_add(&drawing->subtitle, map->heat->subtitle[job->lang]);
    ech_figure_replications(job, map->county.n_replications,
                            ech_pick(job->lang,
                                     "mean of {1} replications, each of which varies far more",
                                     "{1}次重复的均值，单次结果波动大得多"),
                            &drawing->subtitle);
    ech_text_add(&drawing->subtitle, map->heat->order[job->lang]);
    if (map->n_shown < map->n_units) {
        ech_text_fill(&drawing->subtitle,
                      ech_pick(job->lang, "; the worst {1} of {2}", "，仅列前{1}个（共{2}个）"),
                      ech_number(map->n_shown, 0).s, ech_number(map->n_units, 0).s, NULL);
    }
    ech_text_add(&drawing->scenarios, ech_figure_title(job, map->scenario));
}

static enum ech_status draw_heat(const struct ech_figure_job *job, const struct heat *heat,
                                 struct ech_drawing *drawing, struct ech_error *error)
{
    struct map map = {.heat = heat, .scenario = ech_figure_single(job)};
    enum ech_status status = map_read(job, &map, error);
    if (status == ECH_OK) {
        scale_colours(&map);
        headline(job, drawing, &map);
        subtitle(job, drawing, &map);
        draw_map(job, drawing, &map);
    }
    map_free(&map);
    return status;
}

enum ech_status ech_figure_vacancy_heatmap(const struct ech_figure_job *job,
                                           struct ech_drawing *drawing, struct ech_error *error)
{
    return draw_heat(job, &vacancy, drawing, error);
}

enum ech_status ech_figure_break_heatmap(const struct ech_figure_job *job,
                                         struct ech_drawing *drawing, struct ech_error *error)
{
    return draw_heat(job, &breaks, drawing, error);
}
