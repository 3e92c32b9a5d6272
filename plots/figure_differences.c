/* Forest plots: what each policy changes against its reference, with 95% intervals. */
#include <math.h>

#include "plots/figure.h"
#include "plots/findings.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"

static const double row_pitch = 23;
/* Names are cut at this width. */
static const double name_width = 284;

/* Columns of the sheet; on a narrow one the name has a line of its own above the rest. */
struct layout {
    double plot_left, plot_right, interval_right;
    double pitch; /* of rows */
    double lift;  /* of the name above the interval */
};

static struct layout layout_of(const struct ech_drawing *drawing)
{
    double right = drawing->right;
    if (drawing->narrow) {
        return (struct layout){drawing->left + 8, right - 214, right - 44, 42, 19};
    }
    return (struct layout){drawing->left + name_width + 18, right - 214, right - 44, row_pitch, 0};
}

/* What one of the two figures says. */
struct goal {
    const char *measure;
    int better;
    const char *helps[2];   /* headline of a clear best: {1} policy, {2} points */
    const char *none[2];    /* no policy clearly helps */
    const char *little[2];  /* clearly, but by less than one: {1} policy, {2} points */
    const char *harms[2];   /* behind it, the greatest clear harm: {1} policy, {2} points */
    const char *nothing[2]; /* nobody is needed, there is no post */
    const char *shows[2];   /* subtitle: the measure */
};

static const struct goal reserve = {
    "reserve_ratio",
    1,
    {"“{1}” helps the reserve most ({2} points)", "“{1}”对后备帮助最大（{2}个百分点）"},
    {"No policy clearly helps the reserve", "没有政策能明显改善后备"},
    {"No policy adds as much as one person to the reserve; closest: “{1}” ({2} points)",
     "没有政策使后备增加1人以上，最接近的是“{1}”（{2}个百分点）"},
    {"; “{1}” harms it most ({2} points)", "；“{1}”使其下降最多（{2}个百分点）"},
    {"The reserve rule asks for nobody: there is nothing to compare", "没有应备人选，无从比较"},
    {"Change in people on the reserve lists, % of people needed, points",
     "后备满足率（名单人数/应备人数）的变化（百分点）"}};

static const struct goal vacancy = {
    "post_vacancy_rate",
    -1,
    {"“{1}” lowers vacancies most ({2} points)", "“{1}”降低空缺最多（{2}个百分点）"},
    {"No policy clearly lowers the vacancy rate", "没有政策能明显降低空缺率"},
    {"No policy lowers vacancies by as much as one post; closest: “{1}” ({2} points)",
     "没有政策使空缺减少1个职位以上，最接近的是“{1}”（{2}个百分点）"},
    {"; “{1}” raises vacancies most ({2} points)", "；“{1}”使空缺率上升最多（{2}个百分点）"},
    {"There are no leading posts: there is nothing to compare", "没有领导职位，无从比较"},
    {"Change in the vacancy rate of leading posts, points", "领导职位空缺率的变化（百分点）"}};

static unsigned verdict_colour(enum ech_verdict verdict)
{
    static const unsigned colours[] = {[ECH_VERDICT_UNCLEAR] = ECH_UNCLEAR_COLOUR,
                                       [ECH_VERDICT_BETTER] = ECH_BETTER_COLOUR,
                                       [ECH_VERDICT_WORSE] = ECH_WORSE_COLOUR};
    return colours[verdict];
}

static bool is_chosen(const struct ech_figure_job *job, int scenario)
{
    for (int i = 0; i < job->n; i++) {
        if (job->rows[i] == scenario) {
            return true;
        }
    }
    return false;
}

/* What has no value in any replication has no row. */
static bool is_shown(const struct ech_figure_job *job, const struct ech_effect *effect)
{
    return is_chosen(job, effect->scenario) && effect->difference.n > 0;
}

static struct ech_axis scale_of(const struct ech_figure_job *job, const struct ech_effect *first,
                                int n)
{
    double low = 0, high = 0;
    for (int i = 0; i < n; i++) {
        const struct ech_summary *difference = &first[i].difference;
        if (is_shown(job, &first[i])) {
            low = fmin(low, fmin(difference->mean, difference->low) * 100);
            high = fmax(high, fmax(difference->mean, difference->high) * 100);
        }
    }
    return ech_axis_cover(low, high, 3);
}

static void draw_interval(struct ech_drawing *drawing, const struct ech_panel *panel, double y,
                          const struct ech_effect *effect)
{
    unsigned colour = verdict_colour(effect->verdict);
    const struct ech_summary *difference = &effect->difference;
    if (isnan(difference->mean)) {
        return;
    }
    if (difference->high > difference->low) {
        ech_canvas_segment(&drawing->canvas,
                           (struct ech_point){ech_panel_x(panel, difference->low * 100), y},
                           (struct ech_point){ech_panel_x(panel, difference->high * 100), y},
                           (struct ech_pen){colour, 2.4, 0});
    }
    ech_canvas_dot(&drawing->canvas,
                   (struct ech_point){ech_panel_x(panel, difference->mean * 100), y}, 4, colour);
}

static void draw_row(const struct ech_figure_job *job, struct ech_drawing *drawing,
                     const struct ech_panel *panel, double y, const struct ech_effect *effect,
                     int decimals)
{
    struct ech_text name = {0}, interval = {0}, share = {0};
    const struct ech_summary *difference = &effect->difference;
    struct layout layout = layout_of(drawing);
    struct ech_type type = ech_label(verdict_colour(effect->verdict), ECH_RIGHT);
    ech_glyph_cut(&name, ech_figure_title(job, effect->scenario), ECH_SIZE_LABEL, name_width);
    ech_figure_patched(drawing, (struct ech_point){drawing->left, y - layout.lift},
                       ech_label(ECH_INK, ECH_LEFT), ech_text_string(&name));
    draw_interval(drawing, panel, y, effect);
    if (difference->n > 1) {
        ech_text_fill(&interval, ech_pick(job->lang, "{1} ({2} to {3})", "{1}（{2}至{3}）"),
                      ech_findings_points(difference->mean, decimals).s,
                      ech_findings_points(difference->low, decimals).s,
                      ech_findings_points(difference->high, decimals).s, NULL);
    } else {
        ech_text_add(&interval, ech_findings_points(difference->mean, decimals).s);
    }
    ech_canvas_words(&drawing->canvas, (struct ech_point){layout.interval_right, y}, type,
                     ech_text_string(&interval));
    ech_text_fill(&share, isnan(effect->share_best) ? ECH_NUMBER_NONE : "{1}%",
                  ech_number_percent(effect->share_best, 0).s, NULL);
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, y},
                     ech_label(ECH_INK, ECH_RIGHT), ech_text_string(&share));
    ech_text_free(&name);
    ech_text_free(&interval);
    ech_text_free(&share);
}

static int count_shown(const struct ech_figure_job *job, const struct ech_effect *first, int n)
{
    int shown = 0;
    for (int i = 0; i < n; i++) {
        shown += is_shown(job, &first[i]) ? 1 : 0;
    }
    return shown;
}

/* A family under the name of its reference, on a scale of its own; gives the y below it. */
static double draw_family(const struct ech_figure_job *job, struct ech_drawing *drawing,
                          const struct ech_effects *effects, int reference, double top)
{
    int n;
    struct ech_text title = {0};
    const struct ech_effect *first = ech_effects_family(effects, reference, &n);
    int shown = count_shown(job, first, n);
    if (shown == 0) {
        return top;
    }
    struct layout layout = layout_of(drawing);
    struct ech_panel panel = {{layout.plot_left, top + row_pitch - 4, layout.plot_right,
                               top + row_pitch + shown * layout.pitch},
                              scale_of(job, first, n),
                              {0, 1, 1, 0}};
    ech_panel_columns(&drawing->canvas, &panel);
    ech_text_fill(&title, ech_pick(job->lang, "Against “{1}”", "与“{1}”相比"),
                  ech_figure_title(job, reference), NULL);
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->left, top + row_pitch / 2},
                     ech_bold(ECH_GREY, ECH_LEFT), ech_text_string(&title));
    int decimals = ech_findings_column_decimals(first, n);
    double y = top + row_pitch + layout.pitch / 2 + layout.lift / 2;
    for (int i = 0; i < n; i++) {
        if (is_shown(job, &first[i])) {
            draw_row(job, drawing, &panel, y, &first[i], decimals);
            y += layout.pitch;
        }
    }
    ech_text_free(&title);
    return panel.box.bottom + 26;
}

static void draw_forest(const struct ech_figure_job *job, struct ech_drawing *drawing,
                        const struct ech_effects *effects)
{
    struct layout layout = layout_of(drawing);
    double y = draw_family(job, drawing, effects, job->policies.baseline, 0);
    if (job->policies.closed != ECH_NONE) {
        y = draw_family(job, drawing, effects, job->policies.closed, y);
    }
    drawing->height = y > 20 ? y - 4 : 20;
    if (!(y > 0)) {
        return; /* no row: no heads of columns either */
    }
    ech_canvas_words(&drawing->canvas, (struct ech_point){layout.interval_right, 11.5},
                     ech_small(ECH_GREY, ECH_RIGHT),
                     effects->n_replications > 1
                         ? ech_pick(job->lang, "points (95%)", "百分点（95%区间）")
                         : ech_pick(job->lang, "points", "百分点"));
    ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->right, 11.5},
                     ech_small(ECH_GREY, ECH_RIGHT), ech_pick(job->lang, "best", "最优"));
}

/* The best of a family that is shown, if it clearly helps, with those not clearly behind it. */
static void tell_best(const struct ech_figure_job *job, const struct goal *goal,
                      const struct ech_effect *first, int n, struct ech_text *text)
{
    int equals = 0;
    if (first->verdict != ECH_VERDICT_BETTER) {
        ech_text_add(text, goal->none[job->lang]);
        return;
    }
    for (int i = 1; i < n; i++) {
        bool equal = first[i].also_best && first[i].verdict == ECH_VERDICT_BETTER;
        equals += equal && is_shown(job, &first[i]) ? 1 : 0;
    }
    ech_text_fill(
        text, (first->matters ? goal->helps : goal->little)[job->lang],
        ech_figure_title(job, first->scenario),
        ech_findings_points(first->difference.mean, ech_findings_decimals(&first->difference)).s,
        NULL);
    if (equals > 0 && first->matters) {
        ech_text_fill(text,
                      ech_pick(job->lang,
                               equals == 1 ? "; {1} more is not clearly behind"
                                           : "; {1} more are not clearly behind",
                               "，与另外{1}项无明显差别"),
                      ech_number(equals, 0).s, NULL);
    }
}

/* The last that is shown, where its clear harm is at least half as large as the gain of the first. */
static void tell_harm(const struct ech_figure_job *job, const struct goal *goal,
                      const struct ech_effect *first, int n, struct ech_text *text)
{
    const struct ech_effect *last = &first[n - 1];
    bool gains = first->verdict == ECH_VERDICT_BETTER && first->matters;
    while (last > first && !is_shown(job, last)) {
        last--;
    }
    if (last->verdict != ECH_VERDICT_WORSE || !last->matters ||
        (gains && 2 * fabs(last->difference.mean) < fabs(first->difference.mean))) {
        return;
    }
    ech_text_fill(
        text, goal->harms[job->lang], ech_figure_title(job, last->scenario),
        ech_findings_points(last->difference.mean, ech_findings_decimals(&last->difference)).s,
        NULL);
}

/* The headline of one family. */
static void tell_family(const struct ech_figure_job *job, const struct goal *goal,
                        const struct ech_effect *first, int n, struct ech_text *text)
{
    while (n > 0 && !is_chosen(job, first->scenario)) {
        first++, n--;
    }
    if (n == 0) {
        ech_text_add(text,
                     ech_pick(job->lang, "There is no policy to compare", "没有可比较的政策"));
        return;
    }
    if (first->difference.n == 0) {
        ech_text_add(text, goal->nothing[job->lang]);
        return;
    }
    tell_best(job, goal, first, n, text);
    tell_harm(job, goal, first, n, text);
    if (first->difference.n == 1) {
        ech_text_add(text, ech_pick(job->lang, ": one replication has no interval",
                                    "：只有一次重复，没有区间"));
    }
}

static void words(const struct ech_figure_job *job, struct ech_drawing *drawing,
                  const struct goal *goal, const struct ech_effects *effects)
{
    int n;
    const struct ech_effect *first = ech_effects_family(effects, job->policies.baseline, &n);
    tell_family(job, goal, first, n, &drawing->headline);
    ech_text_add(&drawing->subtitle, goal->shows[job->lang]);
    ech_text_add(&drawing->subtitle, ech_pick(job->lang, ", ", "，"));
    ech_findings_window(effects->window, job->lang, &drawing->subtitle);
    ech_text_add(&drawing->subtitle, ech_pick(job->lang, "; ", "；"));
    ech_figure_replications(
        job, effects->n_replications,
        ech_pick(
            job->lang,
            "dot: mean of {1} paired replications, line: 95% interval of the mean, each policy "
            "for itself; blue better, vermilion worse, grey unclear; best: share of "
            "replications in which it is the best of its group, no change included",
            "点为{1}次配对重复的均值，线为均值的95%"
            "区间（逐项计算）；蓝为改善，橙红为变差，灰为不明确；"
            "最优：在本组（含不变）中为最优的重复比例"),
        &drawing->subtitle);
}

static enum ech_status draw(const struct ech_figure_job *job, const struct goal *goal,
                            struct ech_drawing *drawing, struct ech_error *error)
{
    struct ech_effects effects;
    enum ech_status status = ech_effects_measure(job->results, &job->policies, goal->measure,
                                                 goal->better, &effects, error);
    if (status == ECH_OK) {
        words(job, drawing, goal, &effects);
        draw_forest(job, drawing, &effects);
    }
    ech_effects_free(&effects);
    return status;
}

enum ech_status ech_figure_differences_reserve(const struct ech_figure_job *job,
                                               struct ech_drawing *drawing, struct ech_error *error)
{
    return draw(job, &reserve, drawing, error);
}

enum ech_status ech_figure_differences_vacancy(const struct ech_figure_job *job,
                                               struct ech_drawing *drawing, struct ech_error *error)
{
    return draw(job, &vacancy, drawing, error);
}
