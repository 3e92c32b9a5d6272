/* Vacant posts in their three parts, stacked over the years. */
#include <math.h>

#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/words.h"

enum { MOST_PANELS = 12 };

/* Violets, which no policy and no cause has: the darker, the harder to cure. */
static const unsigned colours[ECH_N_VACANCIES] = {0xD0D0D0, 0x54278F, 0x9E9AC8};
static const char *const measures[ECH_N_VACANCIES] = {
    "posts_vacant[procedure]", "posts_vacant[nobody]", "posts_vacant[no_place]"};

/* The parts of one scenario and their sum. */
struct parts {
    struct ech_series part[ECH_N_VACANCIES];
    struct ech_series all;
    struct ech_series lacking; /* all but procedure */
};

static void parts_free(struct parts *parts)
{
    for (int v = 0; v < ECH_N_VACANCIES; v++) {
        ech_series_free(&parts->part[v]);
    }
    ech_series_free(&parts->all);
    ech_series_free(&parts->lacking);
}

static enum ech_status parts_read(const struct ech_figure_job *job, int scenario,
                                  struct parts *parts, struct ech_error *error)
{
    struct ech_series_key key = {scenario, 0, "posts_vacant"};
    enum ech_status status = ech_series_read(job->results, key, &parts->all, error);
    for (int v = 0; v < ECH_N_VACANCIES && status == ECH_OK; v++) {
        key.measure = measures[v];
        status = ech_series_read(job->results, key, &parts->part[v], error);
    }
    if (status == ECH_OK) {
        key.measure = measures[ECH_VACANT_NOBODY];
        status = ech_series_read(job->results, key, &parts->lacking, error);
    }
    if (status == ECH_OK) {
        key.measure = measures[ECH_VACANT_NO_PLACE];
        status = ech_series_add(job->results, key, 1, &parts->lacking, error);
    }
    return status;
}

/* One year's bar from the ground up, with the 90% range of the sum. */
static void draw_bar(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct parts *parts, int y)
{
    static const enum ech_vacancy upwards[] = {ECH_VACANT_NOBODY, ECH_VACANT_NO_PLACE,
                                               ECH_VACANT_PROCEDURE};
    double pitch = ech_panel_x(panel, 1) - ech_panel_x(panel, 0);
    double half = fmin(pitch * 0.38, 16), x = ech_panel_x(panel, y), sum = 0;
    const struct ech_summary *all = &parts->all.year[y];
    if (isnan(all->mean)) {
        ech_canvas_words(&drawing->canvas, (struct ech_point){x, panel->box.bottom - 8},
                         ech_small(ECH_GREY, ECH_CENTRE), ECH_NUMBER_NONE);
        return;
    }
    for (int i = 0; i < ECH_N_VACANCIES; i++) {
        double mean = parts->part[upwards[i]].year[y].mean;
        struct ech_box box = {x - half, ech_panel_y(panel, sum + mean), x + half,
                              ech_panel_y(panel, sum)};
        ech_canvas_box(&drawing->canvas, box, colours[upwards[i]]);
        sum += mean;
    }
    if (all->n > 1 && all->p95 > all->p05) {
        ech_range_line(&drawing->canvas, x, ech_panel_y(panel, all->p95),
                       ech_panel_y(panel, all->p05));
    }
}

static struct ech_axis bar_years(int n_years)
{
    return (struct ech_axis){-0.6, n_years + 0.6, 1, 0};
}

static void draw_panel(const struct ech_figure_job *job, struct ech_drawing *drawing,
                       const struct ech_panel *panel, const struct parts *parts, int scenario)
{
    for (int y = 0; y <= parts->all.n_years; y++) {
        draw_bar(drawing, panel, parts, y);
    }
    int start = ech_results_scenario(job->results, scenario)->start_month;
    ech_panel_years(&drawing->canvas, panel, start, 0, parts->all.n_years);
    ech_grid_title(drawing, panel->box, ech_figure_look(job, scenario).line,
                   ech_figure_title(job, scenario));
}

static void draw_panels(const struct ech_figure_job *job, struct ech_drawing *drawing,
                        const struct parts *parts, const int *rows, int n)
{
    struct ech_key_entry keys[ECH_N_VACANCIES];
    double top = 0;
    for (int i = 0; i < n; i++) {
        top = fmax(top, ech_series_top(&parts[i].all));
    }
    for (int v = 0; v < ECH_N_VACANCIES; v++) {
        keys[v] = (struct ech_key_entry){colours[v],
                                         ech_words_vacancy((enum ech_vacancy)v, job->lang), false};
    }
    double y = ech_figure_key(drawing, 8, keys, ECH_N_VACANCIES);
    struct ech_axis axis = ech_axis_cover(0, top, n <= 2 ? 5 : 3);
    struct ech_grid grid = {.n = n,
                            .columns = ech_grid_columns(drawing, n),
                            .left = drawing->left + ech_panel_gutter(&axis),
                            .right = drawing->right,
                            .top = y + 30,
                            .gap_x = 30,
                            .gap_y = 60,
                            .panel_height = n <= 2 ? 230 : 130};
    for (int i = 0; i < n; i++) {
        struct ech_panel panel = {ech_grid_box(&grid, i), bar_years(parts[i].all.n_years), axis};
        ech_panel_rows(&drawing->canvas, &panel, ech_grid_is_left(&grid, i));
        draw_panel(job, drawing, &panel, &parts[i], rows[i]);
    }
    drawing->height = ech_grid_bottom(&grid) + 24;
}

/* What is said of one scenario: procedure only, or how many posts lack somebody or a place. */
static enum ech_status tell_scenario(const struct ech_figure_job *job, const struct parts *parts,
                                     int scenario, struct ech_text *text, struct ech_error *error)
{
    static const char *const words[][2] = {
        [ECH_LACK_NO_VACANCY] = {"{1}: no post is vacant", "{1}：没有空缺"},
        [ECH_LACK_NOTHING] = {"{1}: procedure only", "{1}：空缺均为任用程序所致"},
        [ECH_LACK_ALMOST_NOTHING] = {"{1}: procedure almost only", "{1}：空缺几乎均为任用程序所致"},
        [ECH_LACK_LITTLE] = {"{1}: {2} posts lack a candidate or a place in {3}",
                             "{1}：{3}年{2}个职位无合格人选或无空编"},
        [ECH_LACK_MUCH] = {"{1}: {2} posts lack a candidate or a place in {3}",
                           "{1}：{3}年{2}个职位无合格人选或无空编"}};
    static const char *const any_year[2] = {
        "{1}: on average at most {2} posts lack a candidate or a place",
        "{1}：平均最多{2}个职位无合格人选或无空编"};
    struct ech_peak peak;
    enum ech_lack lack = ech_findings_lack(&parts->all, &parts->lacking);
    enum ech_status status = ech_series_peak(&parts->lacking, 0, &peak, error);
    if (status == ECH_OK) {
        bool names_year = peak.is_clear || lack < ECH_LACK_LITTLE;
        int start = ech_results_scenario(job->results, scenario)->start_month;
        ech_text_fill(text, (names_year ? words[lack] : any_year)[job->lang],
                      ech_figure_title(job, scenario),
                      ech_number_people(parts->lacking.year[peak.year].mean).s,
                      ech_findings_years(start, &peak, job->lang).s, NULL);
    }
    return status;
}

static enum ech_status words(const struct ech_figure_job *job, struct ech_drawing *drawing,
                             const struct parts *parts, const int *rows, int n,
                             struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; i < n && i < 2 && status == ECH_OK; i++) {
        ech_text_add(&drawing->headline, i > 0 ? ech_pick(job->lang, "; ", "；") : "");
        status = tell_scenario(job, &parts[i], rows[i], &drawing->headline, error);
    }
    ech_text_add(&drawing->subtitle, ech_pick(job->lang, "Vacant leading posts by reason, ",
                                              "空缺领导职位（个），按原因分，"));
    ech_figure_replications(job, parts[0].all.n_replications,
                            ech_pick(job->lang,
                                     "mean of each year over {1} replications; line: 90% of "
                                     "replications for the sum",
                                     "全年平均，{1}次重复的均值；竖线为合计的90%区间"),
                            &drawing->subtitle);
    for (int i = 0; i < n && n <= 2; i++) {
        ech_text_add(&drawing->scenarios, i > 0 ? ech_pick(job->lang, "; ", "；") : "");
        ech_text_add(&drawing->scenarios, ech_figure_title(job, rows[i]));
    }
    return status;
}

enum ech_status ech_figure_vacancy_parts(const struct ech_figure_job *job,
                                         struct ech_drawing *drawing, struct ech_error *error)
{
    struct parts parts[MOST_PANELS] = {0};
    int rows[MOST_PANELS];
    int n = ech_figure_few(job, MOST_PANELS, rows);
    enum ech_status status = ECH_OK;
    for (int i = 0; i < n && status == ECH_OK; i++) {
        status = parts_read(job, rows[i], &parts[i], error);
    }
    if (status == ECH_OK) {
        status = words(job, drawing, parts, rows, n, error);
    }
    if (status == ECH_OK) {
        draw_panels(job, drawing, parts, rows, n);
    }
    for (int i = 0; i < n; i++) {
        parts_free(&parts[i]);
    }
    return status;
}
