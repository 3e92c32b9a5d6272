/* One page in one language. */
#include "plots/report_page.h"

#include <string.h>

#include "plots/figures.h"
#include "plots/findings.h"
#include "plots/html.h"
#include "plots/number.h"

void ech_page_words(const struct ech_page *page, const char *en, const char *zh)
{
    ech_html_escape(page->html, ech_pick(page->lang, en, zh));
}

void ech_page_heading(const struct ech_page *page, const char *en, const char *zh)
{
    ech_html_fill(page->html, "<h2>{1}</h2>\n", ech_pick(page->lang, en, zh), NULL);
}

void ech_page_introduction(const struct ech_page *page, struct ech_window window, const char *en,
                           const char *zh)
{
    struct ech_text when = {0};
    ech_findings_window(window, page->lang, &when);
    ech_html_fill(page->html, ech_pick(page->lang, en, zh), ech_text_string(&when), NULL);
    ech_text_free(&when);
}

void ech_page_not_kept(const struct ech_page *page)
{
    ech_html_fill(page->html, "<p class=\"warning\">{1}</p>\n",
                  ech_pick(page->lang,
                           "The run is not finished, and it writes what this table needs when it "
                           "ends.",
                           "运行尚未完成；本表所需的汇总在运行结束时才写出。"),
                  NULL);
}

const char *ech_page_verdict(enum ech_verdict verdict)
{
    static const char *const classes[] = {[ECH_VERDICT_UNCLEAR] = "unclear",
                                          [ECH_VERDICT_BETTER] = "better",
                                          [ECH_VERDICT_WORSE] = "worse"};
    return classes[verdict];
}

const char *ech_page_title(const struct ech_page *page, int scenario)
{
    return ech_findings_title(page->results, scenario, page->lang);
}

static const char *county_of(const struct ech_page *page)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(page->results, page->policies->baseline);
    return scenario->n_groups > 0 ? scenario->groups[0].title.text[page->lang] : "";
}

/* Months, scenarios and replications, and what gives the same numbers again. */
static void add_extent(const struct ech_page *page)
{
    const struct ech_manifest *manifest = ech_results_manifest(page->results);
    const struct ech_result_scenario *scenario =
        ech_results_scenario(page->results, page->policies->baseline);
    int start = scenario->start_month, fewest, most;
    ech_results_range_done(page->results, &fewest, &most);
    ech_html_fill(
        page->html,
        ech_pick(page->lang,
                 most == 1 ? "<p class=\"meta\">{1} to {2} · {3} {9} · {4}{7}{8} replication "
                             "each, so no intervals · seed {5} · echelon {6}</p>\n"
                           : "<p class=\"meta\">{1} to {2} · {3} {9} · {4}{7}{8} replications "
                             "each · seed {5} · echelon {6}</p>\n",
                 most == 1
                     ? "<p class=\"meta\">{1}至{2} · {3}个情景 · 各{4}{7}{8}次重复（没有区间） "
                       "· 种子{5} · echelon {6}</p>\n"
                     : "<p class=\"meta\">{1}至{2} · {3}个情景 · 各{4}{7}{8}次重复 · "
                       "种子{5} · echelon {6}</p>\n"),
        ech_number_month(start).s, ech_number_month(start + scenario->n_months).s,
        ech_number(page->policies->n, 0).s, ech_number(fewest, 0).s,
        ech_number_seed(manifest->seed).s, manifest->version, fewest < most ? "–" : "",
        fewest < most ? ech_number(most, 0).s : "",
        page->policies->n == 1 ? "scenario" : "scenarios", NULL);
}

static void add_question(const struct ech_page *page)
{
    ech_html_fill(
        page->html, "<header>\n<p class=\"county\">{1}</p>\n<h1>{2}</h1>\n<p>{3}</p>\n",
        county_of(page),
        ech_pick(page->lang, "Can the leading posts be filled, and which policy helps?",
                 "领导职位能否补得上，哪项政策管用？"),
        ech_pick(page->lang,
                 "If nothing changes, which posts will we be unable to fill, when, and "
                 "how sure is that? Can the reserve rule be kept? Which of these policies "
                 "helps, and by how much?",
                 "如果维持现状，哪些职位会补不上，什么时候，有多大把握？后备制度能否落实？"
                 "哪项政策有用，作用有多大？"),
        NULL);
    add_extent(page);
    if (!ech_results_manifest(page->results)->complete) {
        ech_html_fill(
            page->html, "<p class=\"warning\">{1}</p>\n",
            ech_pick(page->lang,
                     "The run is not finished: the numbers rest on the replications that "
                     "are done, and what needs the end of the run is missing.",
                     "运行尚未完成：以下数字只依据已完成的重复，需待运行结束的内容暂缺。"),
            NULL);
    }
    ech_text_add(page->html, "</header>\n");
}

/* One finding, a paragraph for each of its parts. */
static void add_finding(const struct ech_page *page, const struct ech_findings *findings,
                        enum ech_finding finding)
{
    const struct ech_text *text = &findings->text[finding];
    ech_html_fill(page->html, "<section><h3>{1}</h3>", ech_finding_label(finding, page->lang),
                  NULL);
    for (int i = 0; i <= findings->n_parts[finding]; i++) {
        struct ech_text part = {0};
        size_t from = i > 0 ? findings->part[finding][i - 1] : 0;
        size_t to = i < findings->n_parts[finding] ? findings->part[finding][i] : text->length;
        ech_text_bytes(&part, text->bytes + from, to - from);
        ech_html_fill(page->html, "<p>{1}</p>", ech_text_string(&part), NULL);
        ech_text_free(&part);
    }
    ech_text_add(page->html, "</section>\n");
}

static enum ech_status add_answer(const struct ech_page *page, struct ech_error *error)
{
    struct ech_findings findings;
    enum ech_status status =
        ech_findings_compose(page->results, page->policies->baseline, page->lang, &findings, error);
    ech_page_heading(page, "The answer", "结论");
    ech_text_add(page->html, "<div class=\"answer\">\n");
    for (int f = 0; f < ECH_N_FINDINGS && status == ECH_OK; f++) {
        if (findings.text[f].length > 0) {
            add_finding(page, &findings, (enum ech_finding)f);
        }
    }
    ech_text_add(page->html, "</div>\n");
    ech_findings_free(&findings);
    return status;
}

static void add_picture(const struct ech_page *page, const struct ech_figure_parts *parts,
                        const char *class)
{
    ech_html_fill(page->html, "<div class=\"{1}\">\n", class, NULL);
    ech_text_bytes(page->html, ech_text_string(&parts->svg), parts->svg.length);
    ech_text_add(page->html, "</div>\n");
}

static void add_parts(const struct ech_page *page, const struct ech_figure_parts *wide,
                      const struct ech_figure_parts *narrow)
{
    ech_html_fill(page->html, "<figure>\n<h3>{1}</h3>\n<p class=\"subtitle\">{2}</p>\n",
                  ech_text_string(&wide->headline), ech_text_string(&wide->subtitle), NULL);
    add_picture(page, wide, "wide");
    add_picture(page, narrow, "narrow");
    ech_html_fill(page->html, "<figcaption>{1}</figcaption>\n</figure>\n",
                  ech_text_string(&wide->foot), NULL);
}

/* A figure twice, for wide screens and paper and for phones; or a word in its place. Only what costs
   more than a picture stops the page. */
static enum ech_status add_figure(const struct ech_page *page, int i, struct ech_error *error)
{
    struct ech_figure_request request = {
        .results = page->results, .baseline = page->policies->baseline, .lang = page->lang};
    struct ech_figure_parts wide = {0}, narrow = {0};
    enum ech_status status = ech_figure_for_page(i, &request, &wide, error);
    if (status == ECH_OK) {
        request.narrow = true;
        status = ech_figure_for_page(i, &request, &narrow, error);
    }
    if (status == ECH_OK) {
        add_parts(page, &wide, &narrow);
    } else {
        ech_html_fill(page->html,
                      ech_pick(page->lang,
                               "<p class=\"warning\">The figure “{1}” could not be drawn.</p>\n",
                               "<p class=\"warning\">图“{1}”未能绘制。</p>\n"),
                      ech_figure_at(i)->title[page->lang], NULL);
    }
    ech_figure_parts_free(&wide);
    ech_figure_parts_free(&narrow);
    return status;
}

static enum ech_status add_figures(const struct ech_page *page, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    ech_page_heading(page, "Figures", "图");
    for (int i = 0; i < ech_n_figures() && status <= ECH_PARTIAL; i++) {
        status = ech_status_worse(status, add_figure(page, i, error));
    }
    return status;
}

static void add_notes_of_kind(const struct ech_page *page, enum ech_note_kind kind, const char *en,
                              const char *zh)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(page->results, page->policies->baseline);
    bool any = false;
    for (int i = 0; i < scenario->n_notes; i++) {
        if (scenario->notes[i].kind != kind) {
            continue;
        }
        if (!any) {
            ech_html_fill(page->html, "<h3>{1}</h3>\n<ul>\n", ech_pick(page->lang, en, zh), NULL);
            any = true;
        }
        ech_html_fill(page->html, "<li>{1} <span class=\"source\">{2}</span></li>\n",
                      scenario->notes[i].text.text[page->lang],
                      strcmp(scenario->notes[i].source, "assumed") == 0 ? ""
                                                                        : scenario->notes[i].source,
                      NULL);
    }
    if (any) {
        ech_text_add(page->html, "</ul>\n");
    }
}

static void add_notes(const struct ech_page *page)
{
    if (ech_results_scenario(page->results, page->policies->baseline)->n_notes == 0) {
        return;
    }
    ech_page_heading(page, "What the sources leave open", "资料中的矛盾与假定");
    add_notes_of_kind(page, ECH_NOTE_CONTRADICTION, "Contradictions of the source", "资料中的矛盾");
    add_notes_of_kind(page, ECH_NOTE_ASSUMPTION, "Assumptions about the county", "关于本县的假定");
}

static void add_method(const struct ech_page *page)
{
    ech_page_heading(page, "How this was computed", "计算方法");
    ech_text_add(page->html, "<p>");
    ech_page_words(
        page,
        "The program follows every cadre and every leading post month by month: retirement, death, "
        "leaving, promotion into vacancies by stated clauses of eligibility, rotation, hiring "
        "within "
        "the free establishment, transfers in, reserve lists. A scenario is run many times with "
        "other "
        "chances (replications). All scenarios share their chances decision by decision, so that a "
        "difference between two of them within one replication is due to the policy; intervals of "
        "differences rest on these pairs (Student's t). Bands of levels are quantiles over the "
        "replications: they show chance under the stated assumptions, not doubt about these "
        "assumptions. Each interval holds for its policy alone; among many policies one may look "
        "clear "
        "by accident. A year ends in the month of the start; rates and counts of posts are means "
        "over "
        "its months.",
        "程序逐月跟踪每名干部和每个领导职位：退休、死亡、离职、按资格条件补缺提拔、交流、在空编内招"
        "录、调入和后备名单。"
        "每个情景用不同的随机数重复运行多次。各情景逐项决策共用随机数，因此同一次重复中两个情景之差"
        "来自政策本身；"
        "差值的区间依据这种配对（t分布）。各水平的区间是重复之间的分位数，反映既定假定下的偶然性，"
        "不反映假定本身是否成立。每个区间只针对该项政策；比较的政策多了，个别政策可能偶然显得有效。"
        "每年止于起始月份；比率和职位数为全年各月平均。");
    ech_text_add(page->html, "</p>\n");
}

static void add_origin(const struct ech_page *page)
{
    const struct ech_manifest *manifest = ech_results_manifest(page->results);
    ech_page_heading(page, "Where the numbers come from", "结果来源");
    ech_html_fill(page->html,
                  ech_pick(page->lang,
                           "<p>echelon {1}, {2}; seed {3}; replications asked for: {4}. The same "
                           "files, seed and version give the same numbers on any machine.</p>\n",
                           "<p>echelon {1}，{2}；种子{3}；计划重复{4}次。"
                           "相同的文件、种子和版本在任何机器上给出相同的数字。</p>\n"),
                  manifest->version, manifest->compiler, ech_number_seed(manifest->seed).s,
                  ech_number(manifest->n_replications, 0).s, NULL);
    ech_html_fill(page->html,
                  "<div class=\"scroll\"><table class=\"files\">\n<thead><tr><th>{1}</th>"
                  "<th>SHA-256</th></tr></thead>\n<tbody>\n",
                  ech_pick(page->lang, "file", "文件"), NULL);
    for (int i = 0; i < manifest->n_files; i++) {
        ech_html_fill(page->html, "<tr><td>{1}</td><td><code>{2}</code></td></tr>\n",
                      manifest->files[i].path, manifest->files[i].sha256, NULL);
    }
    ech_text_add(page->html, "</tbody>\n</table></div>\n");
}

enum ech_status ech_page_write(const struct ech_page *page, struct ech_error *error)
{
    add_question(page);
    enum ech_status status = add_answer(page, error);
    if (status == ECH_OK) {
        status = ech_page_comparison(page, error);
    }
    if (status == ECH_OK) {
        status = ech_page_bearers(page, error);
    }
    if (status == ECH_OK) {
        status = ech_page_people(page, error);
    }
    if (status == ECH_OK) {
        status = add_figures(page, error);
    }
    if (status <= ECH_PARTIAL) {
        status = ech_status_worse(status, ech_page_rejections(page, error));
    }
    if (status <= ECH_PARTIAL) {
        status = ech_status_worse(status, ech_page_teams(page, error));
    }
    if (status <= ECH_PARTIAL) {
        ech_page_settings(page);
        add_notes(page);
        ech_page_parameters(page);
        add_method(page);
        add_origin(page);
        status = ech_status_worse(status,
                                  ech_text_status(page->html, ECH_BOTH("report", "报告"), error));
    }
    return status;
}
