/* How the vacancy rate of the last year is distributed over the replications of each scenario. */
#include <math.h>
#include <stdlib.h>

#include "plots/figure.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

static const char measure[] = "post_vacancy_rate";
/* Names are cut at this width. */
static const double name_width = 284;
enum { N_STEPS = 72, FEWEST_FOR_A_SHAPE = 10 };

struct sample {
    int n;
    double *value; /* [n], per cent, of the last year */
    struct ech_summary summary;
};

static void samples_free(struct sample *samples, int n)
{
    for (int i = 0; i < n && samples; i++) {
        free(samples[i].value);
    }
    free(samples);
}

static enum ech_status sample_read(const struct ech_figure_job *job, int scenario,
                                   struct sample *sample, struct ech_error *error)
{
    struct ech_series series;
    struct ech_series_key key = {scenario, 0, measure};
    enum ech_status status = ech_series_read(job->results, key, &series, error);
    if (status == ECH_OK) {
        status = ech_series_array(series.n_replications, &sample->value, error);
    }
    if (status == ECH_OK) {
        ech_series_scale(&series, 100);
        ech_series_column(&series, series.n_years, sample->value);
        sample->n = series.n_replications;
        sample->summary = series.year[series.n_years];
    }
    ech_series_free(&series);
    return status;
}

/* Silverman's rule of thumb; 0 where there is no spread. */
static double bandwidth(const struct ech_summary *summary)
{
    double spread = fmin(summary->sd, (summary->p75 - summary->p25) / 1.34);
    spread = spread > 0 ? spread : summary->sd;
    return summary->n >= FEWEST_FOR_A_SHAPE ? 0.9 * spread * pow(summary->n, -0.2) : 0;
}

/* Kernel density; what would fall below 0 is mirrored back, since a rate cannot be negative. */
static double density(const struct sample *sample, double at, double width)
{
    double sum = 0;
    for (int r = 0; r < sample->n; r++) {
        double above = (at - sample->value[r]) / width, below = (at + sample->value[r]) / width;
        if (!isnan(above)) {
            sum += exp(-above * above / 2) + exp(-below * below / 2);
        }
    }
    return sum;
}

static void draw_shape(struct ech_canvas *canvas, const struct ech_panel *panel,
                       const struct sample *sample, double ground, double height, unsigned colour)
{
    struct ech_point points[N_STEPS + 3];
    double heights[N_STEPS + 1], most = 0, width = bandwidth(&sample->summary);
    if (!(width > 0)) {
        return;
    }
    double low = INFINITY, high = 0;
    for (int r = 0; r < sample->n; r++) {
        low = fmin(low, sample->value[r]);
        high = fmax(high, sample->value[r]);
    }
    low = fmax(low - 2.5 * width, 0);
    high = fmin(high + 2.5 * width, panel->x.high);
    for (int i = 0; i <= N_STEPS; i++) {
        heights[i] = density(sample, low + (high - low) * i / N_STEPS, width);
        most = fmax(most, heights[i]);
    }
    for (int i = 0; i <= N_STEPS; i++) {
        points[i] = (struct ech_point){ech_panel_x(panel, low + (high - low) * i / N_STEPS),
                                       ground - heights[i] / most * height};
    }
    points[N_STEPS + 1] = (struct ech_point){points[N_STEPS].x, ground};
    points[N_STEPS + 2] = (struct ech_point){points[0].x, ground};
    ech_canvas_polygon(canvas, N_STEPS + 3, points, colour);
}

/* 90%, middle half and median on the ground line; single points where they are few. */
static void draw_marks(struct ech_canvas *canvas, const struct ech_panel *panel,
                       const struct sample *sample, double y, unsigned colour)
{
    const struct ech_summary *s = &sample->summary;
    if (isnan(s->p50)) {
        return;
    }
    if (sample->n < FEWEST_FOR_A_SHAPE) {
        for (int r = 0; r < sample->n; r++) {
            ech_canvas_dot(canvas, (struct ech_point){ech_panel_x(panel, sample->value[r]), y}, 2.6,
                           colour);
        }
        return;
    }
    ech_canvas_segment(canvas, (struct ech_point){ech_panel_x(panel, s->p05), y},
                       (struct ech_point){ech_panel_x(panel, s->p95), y},
                       (struct ech_pen){colour, 1.3, 0});
    ech_canvas_box(
        canvas,
        (struct ech_box){ech_panel_x(panel, s->p25), y - 2.4, ech_panel_x(panel, s->p75), y + 2.4},
        colour);
    ech_canvas_dot(canvas, (struct ech_point){ech_panel_x(panel, s->p50), y}, 3.4, colour);
    ech_canvas_dot(canvas, (struct ech_point){ech_panel_x(panel, s->p50), y}, 2, ECH_PAPER);
}

static void draw_row(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct ech_panel *panel, const struct sample *sample, int scenario,
                     double ground)
{
    struct ech_look look = ech_figure_look(job, scenario);
    struct ech_text name = {0}, value = {0};
    ech_glyph_cut(&name, ech_figure_title(job, scenario), ECH_SIZE_LABEL, name_width);
    draw_shape(&drawing->canvas, panel, sample, ground, 19, look.inner);
    draw_marks(&drawing->canvas, panel, sample, ground, look.line);
    double name_y = drawing->narrow ? ground - 27 : ground - 4;
    ech_figure_patched(drawing, (struct ech_point){drawing->left, name_y},
                       ech_label(ECH_INK, ECH_LEFT), ech_text_string(&name));
    ech_text_fill(&value, "{1}", ech_number(sample->summary.p50, 1).s, NULL);
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, ground - 4},
                     ech_bold(look.line, ECH_RIGHT), ech_text_string(&value));
    ech_text_free(&name);
    ech_text_free(&value);
}

static double highest(const struct sample *samples, int first, int last)
{
    double top = 0;
    for (int i = first; i < last; i++) {
        for (int r = 0; r < samples[i].n; r++) {
            top = fmax(top, samples[i].value[r]);
        }
    }
    return top;
}

/* Scales of the two families; the same unless one would be lost in the other. */
static bool have_own_scales(const struct sample *samples, int second, int n, double top[2])
{
    top[0] = highest(samples, 0, second);
    top[1] = highest(samples, second, n);
    bool apart = second > 0 && second < n && (top[1] > 2 * top[0] || top[0] > 2 * top[1]);
    if (!apart) {
        top[0] = top[1] = fmax(top[0], top[1]);
    }
    return apart;
}

/* Rows first ... last - 1 on one scale; gives the y below it. */
static double draw_family(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct sample *samples, int first, int last, double top,
                          double highest_value)
{
    double pitch = drawing->narrow ? 46 : 29;
    double name_room = drawing->narrow ? 2 : name_width + 14;
    struct ech_panel panel = {
        {drawing->left + name_room, top, drawing->right - 42, top + (last - first) * pitch + 4},
        ech_axis_cover(0, highest_value * 1.05, 5),
        {0, 1, 1, 0}};
    ech_panel_columns(&drawing->canvas, &panel);
    double median = samples[0].summary.p50;
    if (job->rows[0] == job->policies.baseline && job->n > 1 && !isnan(median)) {
        double x = ech_panel_x(&panel, median);
        ech_canvas_segment(&drawing->canvas, (struct ech_point){x, panel.box.top},
                           (struct ech_point){x, panel.box.bottom},
                           (struct ech_pen){0x777777, 1, 3});
    }
    for (int i = first; i < last; i++) {
        draw_row(job, drawing, &panel, &samples[i], job->rows[i],
                 panel.box.top + (i - first + 1) * pitch - 5);
    }
    return panel.box.bottom + 22;
}

static void draw_rows(const struct ech_figure_job *job, struct ech_drawing *drawing,
                      const struct sample *samples)
{
    double top[2], y = 6;
    int second = ech_figure_second_family(job);
    bool apart = have_own_scales(samples, second, job->n, top);
    int split = apart ? second : job->n;
    y = draw_family(job, drawing, samples, 0, split, y, top[0]);
    if (apart) {
        y = draw_family(job, drawing, samples, split, job->n, y + 12, top[1]);
        ech_text_fill(&drawing->subtitle,
                      ech_pick(job->lang,
                               "; “{1}” and what extends it below, on a scale of its own",
                               "；“{1}”及其派生情景在下方，刻度不同"),
                      ech_figure_title(job, job->policies.closed), NULL);
    }
    drawing->height = y;
}

static void headline(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct ech_summary *first, struct ech_number year)
{
    int row = job->rows[0];
    if (first->n == 0) {
        ech_text_fill(
            &drawing->headline,
            ech_pick(job->lang, "“{1}”: there are no leading posts", "“{1}”：没有领导职位"),
            ech_figure_title(job, row), NULL);
    } else if (first->n > 1 && first->p95 > first->p05) {
        ech_text_fill(
            &drawing->headline,
            ech_pick(job->lang,
                     "“{1}”: in nine of ten replications {3} to {4}% are vacant on average in {2}",
                     "“{1}”：{2}年十次重复中有九次全年平均空缺率在{3}%至{4}%之间"),
            ech_figure_title(job, row), year.s, ech_number(first->p05, 1).s,
            ech_number(first->p95, 1).s, NULL);
    } else {
        ech_text_fill(&drawing->headline,
                      ech_pick(job->lang, "“{1}”: {3}% vacant in {2}", "“{1}”：{2}年空缺率{3}%"),
                      ech_figure_title(job, row), year.s, ech_number(first->p50, 1).s, NULL);
    }
}

static void words(const struct ech_figure_job *job, struct ech_drawing *drawing,
                  const struct sample *samples)
{
    int row = job->rows[0];
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, row);
    struct ech_number year =
        ech_number_seed((uint64_t)ech_figure_year(job, row, (scenario->n_months + 11) / 12));
    headline(job, drawing, &samples[0].summary, year);
    ech_text_fill(&drawing->subtitle,
                  ech_pick(job->lang, "Vacant leading posts, % of posts, mean of {1}; ",
                           "{1}年领导职位空缺率（%，全年平均）；"),
                  year.s, NULL);
    ech_figure_replications(
        job, samples[0].n,
        ech_pick(job->lang,
                 "shape: distribution over {1} replications, thick bar: middle "
                 "50%, thin line: 90%, dot and number: median",
                 "形状为{1}次重复的分布，粗条为中间50%，细线为90%，点与数字为中位数"),
        &drawing->subtitle);
    if (row == job->policies.baseline && job->n > 1) {
        ech_text_fill(&drawing->subtitle,
                      ech_pick(job->lang, "; dashed: median of “{1}”", "；虚线为“{1}”的中位数"),
                      ech_figure_title(job, row), NULL);
    }
}

static enum ech_status draw(const struct ech_figure_job *job, int n_left_out,
                            struct ech_drawing *drawing, struct ech_error *error)
{
    struct sample *samples = calloc((size_t)job->n, sizeof *samples);
    if (!samples) {
        return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = measure});
    }
    enum ech_status status = ECH_OK;
    for (int i = 0; i < job->n && status == ECH_OK; i++) {
        status = sample_read(job, job->rows[i], &samples[i], error);
    }
    if (status == ECH_OK) {
        words(job, drawing, samples);
        draw_rows(job, drawing, samples);
        ech_figure_left_out(job, n_left_out, &drawing->subtitle);
    }
    samples_free(samples, job->n);
    return status;
}

enum ech_status ech_figure_distribution(const struct ech_figure_job *job,
                                        struct ech_drawing *drawing, struct ech_error *error)
{
    struct ech_figure_job focus;
    int n_left_out;
    enum ech_status status = ech_figure_focus(job, &focus, &n_left_out, error);
    if (status == ECH_OK) {
        status = draw(&focus, n_left_out, drawing, error);
    }
    free(focus.rows);
    return status;
}
