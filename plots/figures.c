#include "plots/figures.h"

#include <stdlib.h>
#include <string.h>

#include "model/params.h"
#include "plots/figure.h"
#include "plots/glyphs.h"
#include "plots/number.h"
#include "plots/style.h"
#include "plots/svg.h"
#include "plots/words.h"
#include "results/whole.h"

typedef enum ech_status draw_figure(const struct ech_figure_job *job, struct ech_drawing *drawing,
                                    struct ech_error *error);

enum { MAX_ASSUMPTIONS = 3, MAX_LINES = 6 };

/* Assumptions that move the figure stand in its foot. */
static const struct {
    struct ech_figure_row row;
    draw_figure *draw;
    const char *assumptions[MAX_ASSUMPTIONS];
} figures[] = {
    {{"vacancy_parts", {"Vacant posts by reason", "空缺职位的原因"}},
     ech_figure_vacancy_parts,
     {"entry.transfer_in", "procedure.months"}},
    {{"vacancy_fan", {"Vacancy rate of leading posts", "领导职位空缺率"}},
     ech_figure_vacancy_fan,
     {"entry.transfer_in", "procedure.months"}},
    {{"reserve_target", {"Reserve lists against their target", "后备名单与应备人数"}},
     ech_figure_reserve_target,
     {"reserve.within", "entry.transfer_in"}},
    {{"differences_reserve", {"What policies change for the reserve", "各政策对后备的影响"}},
     ech_figure_differences_reserve,
     {"reserve.within", "reserve.max_age"}},
    {{"differences_vacancy", {"What policies change for vacancies", "各政策对空缺的影响"}},
     ech_figure_differences_vacancy,
     {"procedure.months", "bond.enforcement"}},
    {{"distribution", {"How much the last year varies", "末年空缺率的分布"}},
     ech_figure_distribution,
     {"entry.transfer_in", "procedure.months"}},
    {{"vacancy_heatmap", {"Vacancy rate by unit and year", "各单位各年空缺率"}},
     ech_figure_vacancy_heatmap,
     {"entry.transfer_in", "procedure.months"}},
    {{"break_heatmap", {"Breaks of the reserve by unit and year", "各单位各年断层概率"}},
     ech_figure_break_heatmap,
     {"reserve.within", "reserve.max_age"}},
    {{"rejections", {"Why candidates are rejected", "资格否决的原因"}},
     ech_figure_rejections,
     {"eligibility.max_age", "lateral.min_tenure"}},
    {{"age_pyramid", {"Ages of leaders", "领导干部年龄结构"}},
     ech_figure_age_pyramid,
     {"eligibility.max_age", "entry.transfer_in"}},
    {{"exits_by_cause", {"Who leaves, and why", "离开人数与原因"}},
     ech_figure_exits_by_cause,
     {"exit.upward.rate", "exit.outward.rate", "bond.enforcement"}},
    {{"moves", {"Moves by month and the changes of terms", "各月调整与换届"}},
     ech_figure_moves,
     {"procedure.months", "rotation.share_cap"}},
    {{"tenure", {"Time in post", "任职时间长短"}},
     ech_figure_tenure,
     {"initial.post_time", "rotation.share_cap"}},
    {{"remoteness", {"Near and remote units", "偏远程度与缺人"}},
     ech_figure_remoteness,
     {"exit.ratio.remote", "entry.transfer_in"}},
};

int ech_n_figures(void)
{
    return (int)(sizeof figures / sizeof *figures);
}

const struct ech_figure_row *ech_figure_at(int i)
{
    ECH_ASSERT(i >= 0 && i < ech_n_figures());
    return &figures[i].row;
}

int ech_figure_find(const char *name)
{
    for (int i = 0; i < ech_n_figures(); i++) {
        if (strcmp(figures[i].row.name, name) == 0) {
            return i;
        }
    }
    return ECH_NONE;
}

static int place_of(const struct ech_figure_request *request, int row)
{
    for (int i = 0; i < request->n_scenarios; i++) {
        if (request->scenarios[i] == row) {
            return i;
        }
    }
    return ECH_NONE;
}

static enum ech_status job_init(struct ech_figure_job *job,
                                const struct ech_figure_request *request, struct ech_error *error)
{
    *job = (struct ech_figure_job){
        .results = request->results, .lang = request->lang, .chosen = request->n_scenarios > 0};
    enum ech_status status =
        ech_policies_sort(request->results, request->baseline, &job->policies, error);
    if (status != ECH_OK) {
        return status;
    }
    job->rows = calloc((size_t)job->policies.n, sizeof *job->rows);
    if (!job->rows) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("figures", "绘图")});
    }
    for (int i = 0; i < job->policies.n; i++) {
        int row = job->policies.order[i];
        if (!job->chosen || place_of(request, row) != ECH_NONE) {
            job->rows[job->n++] = row;
        }
    }
    ECH_ASSERT(job->n > 0);
    return ECH_OK;
}

static void job_free(struct ech_figure_job *job)
{
    free(job->rows);
    ech_policies_free(&job->policies);
}

static void drawing_free(struct ech_drawing *drawing)
{
    ech_canvas_free(&drawing->canvas);
    ech_text_free(&drawing->headline);
    ech_text_free(&drawing->subtitle);
    ech_text_free(&drawing->scenarios);
}

/* The value of a parameter that holds everywhere from the start. */
static const struct ech_setting *setting_of(const struct ech_result_scenario *scenario,
                                            const char *path)
{
    for (int i = 0; i < scenario->n_settings; i++) {
        const struct ech_setting *setting = &scenario->settings[i];
        if (strcmp(setting->path, path) == 0 && !*setting->scope && setting->from_month == 0) {
            return setting;
        }
    }
    return NULL;
}

/* "assumed: procedure 2 months; ..." from the baseline's settings. */
static void add_assumptions(const struct ech_figure_job *job, int figure, struct ech_text *foot)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(job->results, job->policies.baseline);
    bool first = true;
    for (int i = 0; i < MAX_ASSUMPTIONS && figures[figure].assumptions[i]; i++) {
        const char *path = figures[figure].assumptions[i];
        const struct ech_param_row *row = ech_param_find(path);
        const struct ech_setting *setting = setting_of(scenario, path);
        bool doubtful = row && (row->basis == ECH_BASIS_ASSUMED || row->basis == ECH_BASIS_FITTED);
        if (!setting || !doubtful) {
            continue;
        }
        ech_text_add(foot, first ? ech_pick(job->lang, " · assumed or fitted: ", " · 假定或拟合：")
                                 : ech_pick(job->lang, "; ", "；"));
        ech_text_fill(foot, ech_pick(job->lang, "{1}: {2}{3}", "{1}{2}{3}"), row->label[job->lang],
                      setting->value, ech_words_unit(row->unit, job->lang), NULL);
        first = false;
    }
}

/* Scenario, county, seed, version, what the years are, assumptions. */
static void compose_foot(const struct ech_figure_job *job, const struct ech_drawing *drawing,
                         int figure, struct ech_text *foot)
{
    int baseline = job->policies.baseline;
    const struct ech_manifest *manifest = ech_results_manifest(job->results);
    const struct ech_result_scenario *scenario = ech_results_scenario(job->results, baseline);
    int start = scenario->start_month;
    const char *whose = drawing->scenarios.length ? ech_text_string(&drawing->scenarios)
                                                  : ech_figure_title(job, baseline);
    const char *county = scenario->n_groups > 0 ? scenario->groups[0].title.text[job->lang] : "";
    ech_text_fill(foot,
                  ech_pick(job->lang, "{1} · {2} · year {3}: {4} to {5} · seed {6} · echelon {7}",
                           "{1} · {2} · {3}年指{4}至{5} · 种子{6} · echelon {7}"),
                  whose, county, ech_number_seed((uint64_t)ech_number_year(start, 1)).s,
                  ech_number_month(start + 1).s, ech_number_month(start + 12).s,
                  ech_number_seed(manifest->seed).s, manifest->version, NULL);
    if (!manifest->complete) {
        ech_text_add(foot, ech_pick(job->lang, " · run not complete", " · 运行未完成"));
    }
    add_assumptions(job, figure, foot);
}

/* A text of up to `most` lines downwards from y; gives the y below it. */
static double write_lines(struct ech_drawing *drawing, const char *text, struct ech_type type,
                          double y, int most)
{
    struct ech_text lines[MAX_LINES];
    double pitch = type.size * 1.36, bold = type.bold ? 1.05 : 1.01;
    double width = drawing->right - drawing->left;
    int n = type.bold ? ech_glyph_wrap_even(text, type.size * bold, width, lines, most)
                      : ech_glyph_wrap(text, type.size * bold, width, lines, most);
    for (int i = 0; i < n; i++) {
        ech_canvas_words(&drawing->canvas, (struct ech_point){drawing->left, y + pitch / 2}, type,
                         ech_text_string(&lines[i]));
        ech_text_free(&lines[i]);
        y += pitch;
    }
    return y;
}

static int count_lines(const struct ech_drawing *drawing, const char *text, double size, int most)
{
    struct ech_text lines[MAX_LINES];
    int n = ech_glyph_wrap(text, size, drawing->right - drawing->left, lines, most);
    for (int i = 0; i < n; i++) {
        ech_text_free(&lines[i]);
    }
    return n;
}

/* Writes the three texts around the plot; gives the top of the sheet, and in *bottom its end. */
static double write_frame(struct ech_drawing *drawing, const struct ech_text *foot, double *bottom)
{
    static const struct ech_type head = {ECH_SIZE_HEADLINE, ECH_INK, true, ECH_LEFT};
    static const struct ech_type sub = {ECH_SIZE_SUBTITLE, ECH_GREY, false, ECH_LEFT};
    static const struct ech_type small = {ECH_SIZE_SMALL, ECH_GREY, false, ECH_LEFT};
    const char *headline = ech_text_string(&drawing->headline);
    const char *subtitle = ech_text_string(&drawing->subtitle);
    double height = 16 + count_lines(drawing, headline, head.size * 1.05, 3) * head.size * 1.36 +
                    4 + count_lines(drawing, subtitle, sub.size * 1.01, 3) * sub.size * 1.36 + 12;
    double y = write_lines(drawing, headline, head, 16 - height, 3);
    write_lines(drawing, subtitle, sub, y + 4, 3);
    *bottom = write_lines(drawing, ech_text_string(foot), small, drawing->height + 14, 4);
    *bottom += 12;
    return -height;
}

/* An SVG takes the reader's fonts, so it needs none here; but it is laid out for one that is there. */
static enum ech_status find_font(const struct ech_figure_request *request, struct ech_font *font,
                                 struct ech_error *error)
{
    bool is_svg = request->format == ECH_PICTURE_SVG;
    return ech_font_find(is_svg ? ECH_LANG_EN : request->lang, font, error);
}

/* A sheet of its own has margins; the plot of a page stands flush with the page's words. */
static void lay_sheet(const struct ech_figure_request *request, const struct ech_font *font,
                      struct ech_drawing *drawing)
{
    static const double wide = 720, narrow = 380;
    double margin = request->dir ? 20 : 2;
    drawing->narrow = request->narrow && !request->dir;
    drawing->canvas = (struct ech_canvas){
        .font = font->family, .font_scale = font->scale, .width = drawing->narrow ? narrow : wide};
    drawing->left = margin;
    drawing->right = drawing->canvas.width - margin;
}

/* A figure that needs what a run writes at its end costs only itself. */
static enum ech_status draw_or_spare(int i, const struct ech_figure_job *job,
                                     struct ech_drawing *drawing, struct ech_error *error)
{
    enum ech_status status = figures[i].draw(job, drawing, error);
    const struct ech_problem *last =
        error && error->n_problems > 0 ? &error->problems[error->n_problems - 1] : NULL;
    return status == ECH_USAGE && last && last->code == ECH_ERR_UNFINISHED ? ECH_PARTIAL : status;
}

/* Composes and draws figure i. With `parts` the plot alone, its texts handed over. */
static enum ech_status compose(int i, const struct ech_figure_request *request,
                               struct ech_figure_parts *parts, struct ech_text *raw,
                               struct ech_error *error)
{
    struct ech_figure_job job = {0};
    struct ech_font font;
    struct ech_drawing drawing = {0};
    struct ech_text script = {0};
    enum ech_status status = find_font(request, &font, error);
    if (status == ECH_OK) {
        lay_sheet(request, &font, &drawing);
        status = job_init(&job, request, error);
    }
    if (status == ECH_OK) {
        status = draw_or_spare(i, &job, &drawing, error);
    }
    if (status == ECH_OK) {
        double top = -2, bottom = drawing.height + 4;
        compose_foot(&job, &drawing, i, &parts->foot);
        ech_text_add(&parts->headline, ech_text_string(&drawing.headline));
        ech_text_add(&parts->subtitle, ech_text_string(&drawing.subtitle));
        if (request->dir) {
            top = write_frame(&drawing, &parts->foot, &bottom);
        }
        ech_canvas_script(&drawing.canvas, top, bottom, &script);
        struct ech_picture picture = {figures[i].row.name, request->format, drawing.canvas.width,
                                      bottom - top,        &font,           &script};
        status = ech_gnuplot_draw(&picture, raw, error);
    }
    ech_text_free(&script);
    drawing_free(&drawing);
    job_free(&job);
    return status;
}

static enum ech_status finish_svg(const struct ech_figure_parts *parts, const char *font,
                                  const struct ech_text *raw, struct ech_text *svg,
                                  struct ech_error *error)
{
    struct ech_svg clean = {.title = ech_text_string(&parts->headline),
                            .description = ech_text_string(&parts->subtitle),
                            .font = font,
                            .within = font == NULL};
    ech_svg_clean(raw, &clean, svg);
    return ech_text_status(svg, "svg", error);
}

void ech_figure_parts_free(struct ech_figure_parts *parts)
{
    ech_text_free(&parts->headline);
    ech_text_free(&parts->subtitle);
    ech_text_free(&parts->foot);
    ech_text_free(&parts->svg);
}

enum ech_status ech_figure_for_page(int i, const struct ech_figure_request *request,
                                    struct ech_figure_parts *parts, struct ech_error *error)
{
    struct ech_figure_request page = *request;
    struct ech_text raw = {0};
    *parts = (struct ech_figure_parts){0};
    page.format = ECH_PICTURE_SVG;
    page.dir = NULL;
    enum ech_status status = compose(i, &page, parts, &raw, error);
    if (status == ECH_OK) {
        status = finish_svg(parts, NULL, &raw, &parts->svg, error);
    }
    ech_text_free(&raw);
    return status;
}

enum ech_status ech_figure_draw(int i, const struct ech_figure_request *request,
                                struct ech_error *error)
{
    struct ech_figure_parts parts = {0};
    struct ech_text raw = {0}, path = {0};
    struct ech_font font;
    ECH_ASSERT(request->dir);
    ech_text_fill(&path, "{1}/{2}.{3}", request->dir, figures[i].row.name,
                  ech_picture_format_names[request->format], NULL);
    enum ech_status status = compose(i, request, &parts, &raw, error);
    if (status == ECH_OK && request->format == ECH_PICTURE_SVG) {
        status = find_font(request, &font, error);
        if (status == ECH_OK) {
            status = finish_svg(&parts, font.family, &raw, &parts.svg, error);
        }
    }
    if (status == ECH_OK) {
        status = ech_text_status(&path, ECH_BOTH("figures", "绘图"), error);
    }
    if (status == ECH_OK) {
        const struct ech_text *bytes = request->format == ECH_PICTURE_SVG ? &parts.svg : &raw;
        status = ech_whole_write(path.bytes, bytes->bytes, bytes->length, error);
    }
    ech_figure_parts_free(&parts);
    ech_text_free(&raw);
    ech_text_free(&path);
    return status;
}
