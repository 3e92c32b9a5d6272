/* Leaders by time in the present post, by type of unit: too short and too long side by side. */
#include <math.h>

#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/number.h"
#include "plots/style.h"

enum { MOST_TYPES = 6 };

/* From the ground up: over ten years, between, under two years. */
static const unsigned long_colour = 0x01665E, middle_colour = 0xE2E6E5, short_colour = 0x5AB4AC;

/* Shares of one type's leaders, in per cent. */
struct tenures {
    int group;
    struct ech_series too_long, too_short;
};

struct tenure {
    int scenario;
    int n_types;
    struct tenures type[MOST_TYPES];
};

static void tenure_free(struct tenure *tenure)
{
    for (int t = 0; t < tenure->n_types; t++) {
        ech_series_free(&tenure->type[t].too_long);
        ech_series_free(&tenure->type[t].too_short);
    }
}

static bool is_defined(const struct ech_series *series)
{
    for (int y = 0; y <= series->n_years; y++) {
        if (!isnan(series->year[y].mean)) {
            return true;
        }
    }
    return false;
}

static enum ech_status read_type(const struct ech_figure_job *job, int scenario, int group,
                                 struct tenures *type, struct ech_error *error)
{
    struct ech_series_key key = {scenario, group, "leaders_long_share"};
    type->group = group;
    enum ech_status status = ech_series_read(job->results, key, &type->too_long, error);
    if (status == ECH_OK) {
        key.measure = "leaders_short_share";
        status = ech_series_read(job->results, key, &type->too_short, error);
    }
    if (status == ECH_OK) {
        ech_series_scale(&type->too_long, 100);
        ech_series_scale(&type->too_short, 100);
    }
    return status;
}

/* Types that have leaders. */
static enum ech_status tenure_read(const struct ech_figure_job *job, struct tenure *tenure,
                                   struct ech_error *error)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, tenure->scenario);
    enum ech_status status = ECH_OK;
    for (int g = 0; g < scenario->n_groups && tenure->n_types < MOST_TYPES && status == ECH_OK;
         g++) {
        if (scenario->groups[g].kind != ECH_GROUP_TYPE) {
            continue;
        }
        struct tenures *type = &tenure->type[tenure->n_types++];
        status = read_type(job, tenure->scenario, g, type, error);
        if (status == ECH_OK && !is_defined(&type->too_long)) {
            ech_series_free(&type->too_long);
            ech_series_free(&type->too_short);
            tenure->n_types--;
        }
    }
    return status;
}

static const char *type_title(const struct ech_figure_job *job, const struct tenure *tenure, int t)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, tenure->scenario);
    return scenario->groups[tenure->type[t].group].title.text[job->lang];
}

/* 90 % of the replications, where a bar part ends at `mean`; `down` for one that hangs from 100 %. */
static void draw_range(struct ech_drawing *drawing, const struct ech_panel *panel, double x,
                       const struct ech_summary *part, bool down)
{
    if (part->n > 1 && part->p95 > part->p05) {
        double high = down ? 100 - part->p05 : part->p95, low = down ? 100 - part->p95 : part->p05;
        ech_range_line(&drawing->canvas, x, ech_panel_y(panel, high), ech_panel_y(panel, low));
    }
}

static void draw_bar(struct ech_drawing *drawing, const struct ech_panel *panel,
                     const struct tenures *type, int y)
{
    double pitch = ech_panel_x(panel, 1) - ech_panel_x(panel, 0);
    double half = fmin(pitch * 0.4, 16), x = ech_panel_x(panel, y);
    const struct ech_summary *high = &type->too_short.year[y], *low = &type->too_long.year[y];
    if (isnan(high->mean) || isnan(low->mean)) {
        ech_canvas_words(&drawing->canvas, (struct ech_point){x, panel->box.bottom - 8},
                         ech_small(ECH_GREY, ECH_CENTRE), ECH_NUMBER_NONE);
        return;
    }
    double edges[] = {0, low->mean, 100 - high->mean, 100};
    const unsigned colours[] = {long_colour, middle_colour, short_colour};
    for (int i = 0; i < 3; i++) {
        if (edges[i + 1] > edges[i]) {
            ech_canvas_box(&drawing->canvas,
                           (struct ech_box){x - half, ech_panel_y(panel, edges[i + 1]), x + half,
                                            ech_panel_y(panel, edges[i])},
                           colours[i]);
        }
    }
    draw_range(drawing, panel, x, low, false);
    draw_range(drawing, panel, x, high, true);
}

static void draw_tenure(const struct ech_figure_job *job, struct ech_drawing *drawing,
                        const struct tenure *tenure)
{
    const struct ech_key_entry keys[] = {
        {short_colour, ech_pick(job->lang, "under 2 years in post", "任职不满2年"), false},
        {middle_colour, ech_pick(job->lang, "2 to 10 years", "2至10年"), false},
        {long_colour, ech_pick(job->lang, "over 10 years", "10年以上"), false}};
    int start = ech_results_scenario(job->results, tenure->scenario)->start_month;
    int n = tenure->n_types > 0 ? tenure->n_types : 1;
    struct ech_axis axis = ech_axis_cover(0, 100, 4);
    struct ech_grid grid = {.n = n,
                            .columns = drawing->narrow ? 1
                                       : n < 3         ? n
                                                       : 3,
                            .left = drawing->left + ech_panel_gutter(&axis),
                            .right = drawing->right,
                            .top = ech_figure_key(drawing, 8, keys, 3) + 24,
                            .panel_height = drawing->narrow ? 150 : 200,
                            .gap_x = 24,
                            .gap_y = 56};
    for (int t = 0; t < n; t++) {
        int n_years = tenure->n_types > 0 ? tenure->type[t].too_long.n_years : 0;
        struct ech_panel panel = {ech_grid_box(&grid, t), {-0.6, n_years + 0.6, 1, 0}, axis};
        ech_panel_rows(&drawing->canvas, &panel, ech_grid_is_left(&grid, t));
        ech_panel_years(&drawing->canvas, &panel, start, 0, n_years);
        if (t < tenure->n_types) {
            for (int y = 0; y <= n_years; y++) {
                draw_bar(drawing, &panel, &tenure->type[t], y);
            }
            ech_grid_title(drawing, panel.box, ECH_INK, type_title(job, tenure, t));
        }
    }
    drawing->height = ech_grid_bottom(&grid) + 24;
}

/* Words */

/* The type whose share is the largest in any year. */
struct largest {
    int type;
    double value; /* per cent; NAN if nothing is defined */
};

static struct largest largest_of(const struct tenure *tenure, bool is_long)
{
    struct largest largest = {0, NAN};
    for (int t = 0; t < tenure->n_types; t++) {
        const struct ech_series *series =
            is_long ? &tenure->type[t].too_long : &tenure->type[t].too_short;
        for (int y = 0; y <= series->n_years; y++) {
            double mean = series->year[y].mean;
            if (!isnan(mean) && !(mean <= largest.value)) {
                largest = (struct largest){t, mean};
            }
        }
    }
    return largest;
}

/* "in townships (2029)", the years only where they are clear. */
static enum ech_status tell_where(const struct ech_figure_job *job, const struct tenure *tenure,
                                  const struct largest *largest, bool is_long,
                                  struct ech_text *text, struct ech_error *error)
{
    const struct ech_series *series =
        is_long ? &tenure->type[largest->type].too_long : &tenure->type[largest->type].too_short;
    int start = ech_results_scenario(job->results, tenure->scenario)->start_month;
    struct ech_peak peak;
    enum ech_status status = ech_series_peak(series, 0, &peak, error);
    if (status == ECH_OK) {
        ech_text_fill(text, peak.is_clear ? ech_pick(job->lang, "{1} ({2})", "{1}{2}年") : "{1}",
                      type_title(job, tenure, largest->type),
                      ech_findings_years(start, &peak, job->lang).s, NULL);
    }
    return status;
}

/* Both at their worst; a share under half a per cent is said to be almost none. */
static enum ech_status headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                const struct tenure *tenure, struct ech_error *error)
{
    static const double almost_none = 0.5;
    struct ech_text where[2] = {{0}, {0}};
    struct largest longest = largest_of(tenure, true), shortest = largest_of(tenure, false);
    if (isnan(longest.value) || isnan(shortest.value)) {
        ech_text_add(&drawing->headline,
                     ech_pick(job->lang, "There are no leaders", "没有在任领导干部"));
        return ECH_OK;
    }
    static const char *const says[2][2] = {
        {"Hardly anybody is over 10 years in post; under 2 years are up to {3}% in {4}",
         "几乎无人任职超过10年；任职不满2年最多为{4}的{3}%"},
        {"Too long and too short side by side: over 10 years in post are up to {1}% in {2}, "
         "under 2 years up to {3}% in {4}",
         "任职过长与过短并存：10年以上最多为{2}的{1}%，不满2年最多为{4}的{3}%"}};
    enum ech_status status = tell_where(job, tenure, &longest, true, &where[0], error);
    if (status == ECH_OK) {
        status = tell_where(job, tenure, &shortest, false, &where[1], error);
    }
    if (status == ECH_OK) {
        ech_text_fill(&drawing->headline, says[longest.value >= almost_none][job->lang],
                      ech_number(longest.value, 0).s, ech_text_string(&where[0]),
                      ech_number(shortest.value, 0).s, ech_text_string(&where[1]), NULL);
    }
    ech_text_free(&where[0]);
    ech_text_free(&where[1]);
    return status;
}

enum ech_status ech_figure_tenure(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                  struct ech_error *error)
{
    struct tenure tenure = {.scenario = ech_figure_single(job)};
    enum ech_status status = tenure_read(job, &tenure, error);
    if (status == ECH_OK) {
        status = headline(job, drawing, &tenure, error);
    }
    if (status == ECH_OK) {
        ech_text_add(&drawing->subtitle,
                     ech_pick(job->lang,
                              "Leaders by completed months in the present post, % of leaders at "
                              "the end of each year; ",
                              "在任领导干部按现职任职时间分，占年末在任人数的%；"));
        ech_figure_replications(
            job, ech_results_scenario(job->results, tenure.scenario)->n_replications_done,
            ech_pick(job->lang, "mean of {1} replications, lines: 90% of these",
                     "{1}次重复的均值，竖线为90%区间"),
            &drawing->subtitle);
        ech_text_add(&drawing->scenarios, ech_figure_title(job, tenure.scenario));
        draw_tenure(job, drawing, &tenure);
    }
    tenure_free(&tenure);
    return status;
}
