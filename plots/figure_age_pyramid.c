/* Leaders by sex and age band: now and after 5, 10 and 15 years. */
#include <math.h>
#include <stdio.h>

#include "plots/figure.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"
#include "results/compare.h"

enum { MOST_PANELS = 4, FIRST_OLD_BAND = 4 }; /* bands 51-55 and 56 and over */

static const unsigned colours[ECH_N_SEXES] = {[ECH_FEMALE] = 0xB8A04A, [ECH_MALE] = 0x7A8CA3};

struct pyramid {
    int scenario;
    struct ech_series people[ECH_N_SEXES][ECH_N_AGE_BANDS];
    struct ech_series old; /* leaders of 51 and over */
    int n_panels;
    int year[MOST_PANELS];
    struct ech_axis x; /* of one side */
};

static void pyramid_free(struct pyramid *pyramid)
{
    for (int b = 0; b < ECH_N_AGE_BANDS; b++) {
        ech_series_free(&pyramid->people[ECH_FEMALE][b]);
        ech_series_free(&pyramid->people[ECH_MALE][b]);
    }
    ech_series_free(&pyramid->old);
}

static enum ech_status read_band(const struct ech_figure_job *job, struct pyramid *pyramid, int b,
                                 struct ech_error *error)
{
    char all[64], women[64];
    snprintf(all, sizeof all, "leaders_age[%s]", ech_age_band_names[b]);
    snprintf(women, sizeof women, "leaders_age_women[%s]", ech_age_band_names[b]);
    struct ech_series_key key_all = {pyramid->scenario, 0, all};
    struct ech_series_key key_women = {pyramid->scenario, 0, women};
    struct ech_series *men = &pyramid->people[ECH_MALE][b];
    enum ech_status status =
        ech_series_read(job->results, key_women, &pyramid->people[ECH_FEMALE][b], error);
    if (status == ECH_OK) {
        status = ech_series_read(job->results, key_all, men, error);
    }
    if (status == ECH_OK) {
        status = ech_series_add(job->results, key_women, -1, men, error);
    }
    if (status == ECH_OK && b == FIRST_OLD_BAND) {
        status = ech_series_read(job->results, key_all, &pyramid->old, error);
    } else if (status == ECH_OK && b > FIRST_OLD_BAND) {
        status = ech_series_add(job->results, key_all, 1, &pyramid->old, error);
    }
    return status;
}

/* The start, every fifth year, and the end of a run that is too short for these. */
static void choose_years(struct pyramid *pyramid)
{
    int last = pyramid->old.n_years;
    for (int y = 0; y <= last && pyramid->n_panels < MOST_PANELS; y += 5) {
        pyramid->year[pyramid->n_panels++] = y;
    }
    if (pyramid->n_panels == 1 && last > 0) {
        pyramid->year[pyramid->n_panels++] = last;
    }
}

static enum ech_status pyramid_read(const struct ech_figure_job *job, struct pyramid *pyramid,
                                    struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    double top = 0;
    for (int b = 0; b < ECH_N_AGE_BANDS && status == ECH_OK; b++) {
        status = read_band(job, pyramid, b, error);
        if (status == ECH_OK) {
            top = fmax(top, ech_series_top(&pyramid->people[ECH_MALE][b]));
            top = fmax(top, ech_series_top(&pyramid->people[ECH_FEMALE][b]));
        }
    }
    if (status == ECH_OK) {
        choose_years(pyramid);
        pyramid->x = ech_axis_cover(0, top, 2);
        pyramid->x.high = fmax(top * 1.04, pyramid->x.step);
    }
    return status;
}

/* Pixel of a number of people of one sex: men to the left of the middle. */
static double side(const struct ech_panel *panel, enum ech_sex sex, double people)
{
    return ech_panel_x(panel, sex == ECH_MALE ? -people : people);
}

static void draw_scale(struct ech_drawing *drawing, const struct ech_panel *panel,
                       const struct ech_axis *x)
{
    for (int i = -3; i <= 3; i++) {
        double people = i * x->step;
        if (fabs(people) > x->high) {
            continue;
        }
        double at = ech_panel_x(panel, people);
        ech_canvas_segment(&drawing->canvas, (struct ech_point){at, panel->box.top},
                           (struct ech_point){at, panel->box.bottom},
                           (struct ech_pen){ECH_GRID, 0.8, 0});
        ech_canvas_words(&drawing->canvas, (struct ech_point){at, panel->box.bottom + 12},
                         (struct ech_type){ECH_SIZE_TICK, ECH_GREY, false, ECH_CENTRE},
                         ech_number(fabs(people), x->decimals).s);
    }
}

static void draw_bar(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct ech_summary *people, enum ech_sex sex, int band)
{
    double a = side(panel, sex, 0), b = side(panel, sex, people->mean);
    struct ech_box box = {fmin(a, b), ech_panel_y(panel, band + 0.86), fmax(a, b),
                          ech_panel_y(panel, band + 0.14)};
    ech_canvas_box(&drawing->canvas, box, colours[sex]);
    if (people->n > 1 && people->p95 > people->p05) {
        double y = ech_panel_y(panel, band + 0.5);
        ech_canvas_segment(&drawing->canvas, (struct ech_point){side(panel, sex, people->p05), y},
                           (struct ech_point){side(panel, sex, people->p95), y},
                           (struct ech_pen){ECH_INK, 1.1, 0});
    }
}

/* Outline of the start, as steps up one side. */
static void draw_outline(struct ech_drawing *drawing, const struct ech_panel *panel,
                         const struct pyramid *pyramid, enum ech_sex sex)
{
    struct ech_point points[2 * ECH_N_AGE_BANDS + 2];
    int n = 0;
    points[n++] = (struct ech_point){side(panel, sex, 0), ech_panel_y(panel, 0)};
    for (int b = 0; b < ECH_N_AGE_BANDS; b++) {
        double x = side(panel, sex, pyramid->people[sex][b].year[0].mean);
        points[n++] = (struct ech_point){x, ech_panel_y(panel, b)};
        points[n++] = (struct ech_point){x, ech_panel_y(panel, b + 1)};
    }
    points[n++] = (struct ech_point){side(panel, sex, 0), ech_panel_y(panel, ECH_N_AGE_BANDS)};
    ech_canvas_line(&drawing->canvas, n, points, (struct ech_pen){ECH_INK, 1.3, 0});
}

static void draw_panel(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct pyramid *pyramid, const struct ech_panel *panel, int y)
{
    struct ech_text title = {0};
    draw_scale(drawing, panel, &pyramid->x);
    for (int b = 0; b < ECH_N_AGE_BANDS; b++) {
        draw_bar(drawing, panel, &pyramid->people[ECH_MALE][b].year[y], ECH_MALE, b);
        draw_bar(drawing, panel, &pyramid->people[ECH_FEMALE][b].year[y], ECH_FEMALE, b);
    }
    double middle = ech_panel_x(panel, 0);
    ech_canvas_segment(&drawing->canvas, (struct ech_point){middle, panel->box.top},
                       (struct ech_point){middle, panel->box.bottom},
                       (struct ech_pen){ECH_PAPER, 1, 0});
    if (y > 0) {
        draw_outline(drawing, panel, pyramid, ECH_MALE);
        draw_outline(drawing, panel, pyramid, ECH_FEMALE);
    }
    ech_text_print(&title, "%d", ech_figure_year(job, pyramid->scenario, y));
    ech_text_add(&title, y == 0 ? ech_pick(job->lang, ", start", "年，起点")
                                : ech_pick(job->lang, "", "年"));
    ech_canvas_words(&drawing->canvas, (struct ech_point){middle, panel->box.top - 10},
                     ech_bold(ECH_INK, ECH_CENTRE), ech_text_string(&title));
    ech_text_free(&title);
}

static void draw_pyramid(const struct ech_figure_job *job, struct ech_drawing *drawing,
                         const struct pyramid *pyramid)
{
    const struct ech_key_entry keys[] = {
        {colours[ECH_MALE], ech_pick(job->lang, "men (left)", "男（左）"), false},
        {colours[ECH_FEMALE], ech_pick(job->lang, "women (right)", "女（右）"), false},
        {ECH_INK, ech_pick(job->lang, "outline: start", "起点轮廓"), true}};
    double top = ech_figure_key(drawing, 8, keys, pyramid->n_panels > 1 ? 3 : 2);
    struct ech_grid grid = {.n = pyramid->n_panels,
                            .columns = drawing->narrow ? 2 : pyramid->n_panels,
                            .left = drawing->left + 46,
                            .right = drawing->right,
                            .top = top + 24,
                            .panel_height = drawing->narrow ? 150 : 216,
                            .gap_x = 20,
                            .gap_y = 52};
    for (int i = 0; i < grid.n; i++) {
        struct ech_panel panel = {ech_grid_box(&grid, i),
                                  {-pyramid->x.high, pyramid->x.high, 1, 0},
                                  {0, ECH_N_AGE_BANDS, 1, 0}};
        draw_panel(job, drawing, pyramid, &panel, pyramid->year[i]);
        for (int b = 0; b < ECH_N_AGE_BANDS && ech_grid_is_left(&grid, i); b++) {
            ech_canvas_words(&drawing->canvas,
                             (struct ech_point){drawing->left, ech_panel_y(&panel, b + 0.5)},
                             ech_label(ECH_INK, ECH_LEFT), ech_words_age_band(b));
        }
    }
    drawing->height = ech_grid_bottom(&grid) + 22;
}

static enum ech_status words(const struct ech_figure_job *job, struct ech_drawing *drawing,
                             const struct pyramid *pyramid, struct ech_error *error)
{
    static const char *const says[][2] = {
        {"No clear change in leaders aged 51 or more: {1} at the start, {2} in {3}",
         "51岁以上领导干部无明显变化：起点{1}人，{3}年{2}人"},
        {"Fewer leaders aged 51 or more: {1} at the start, {2} in {3}",
         "51岁以上领导干部减少：起点{1}人，{3}年{2}人"},
        {"More leaders aged 51 or more: {1} at the start, {2} in {3}",
         "51岁以上领导干部增加：起点{1}人，{3}年{2}人"},
        {"{1} leaders are aged 51 or more at the start", "起点51岁以上领导干部{1}人"}};
    struct ech_summary change;
    int last = pyramid->year[pyramid->n_panels - 1];
    enum ech_status status = ech_series_change(&pyramid->old, 0, last, &change, error);
    int which = last == 0 ? 3 : (int)ech_compare_verdict(&change, false);
    ech_text_fill(&drawing->headline, says[which][job->lang],
                  ech_number_people(pyramid->old.year[0].mean).s,
                  ech_number_people(pyramid->old.year[last].mean).s,
                  ech_number_seed((uint64_t)ech_figure_year(job, pyramid->scenario, last)).s, NULL);
    ech_text_add(&drawing->subtitle,
                 ech_pick(job->lang,
                          "Holders of leading posts (people) by age in completed years; ",
                          "在任领导干部人数（人），按周岁年龄段；"));
    ech_figure_replications(job, pyramid->old.n_replications,
                            ech_pick(job->lang, "mean of {1} replications, line: 90% of these",
                                     "{1}次重复的均值，横线为90%区间"),
                            &drawing->subtitle);
    ech_text_add(&drawing->scenarios, ech_figure_title(job, pyramid->scenario));
    return status;
}

enum ech_status ech_figure_age_pyramid(const struct ech_figure_job *job,
                                       struct ech_drawing *drawing, struct ech_error *error)
{
    struct pyramid pyramid = {.scenario = ech_figure_single(job)};
    enum ech_status status = pyramid_read(job, &pyramid, error);
    if (status == ECH_OK) {
        status = words(job, drawing, &pyramid, error);
    }
    if (status == ECH_OK) {
        draw_pyramid(job, drawing, &pyramid);
    }
    pyramid_free(&pyramid);
    return status;
}
