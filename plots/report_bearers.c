/* Who gains and who pays: what each policy changes for the types of units, and for the county's purse. */
#include <stdlib.h>
#include <string.h>

#include "plots/findings.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "results/price.h"

/* A column, or one for each type of unit. */
struct column {
    const char *measure;
    bool by_type;
    int better;   /* +1: more is better, -1: less, 0: neither */
    int decimals; /* not of money */
    const char *head[2];
};

static const struct column columns[] = {
    {"posts_vacant", true, -1, 2, {"vacant posts", "空缺职位"}},
    {"exits", true, -1, 2, {"people who leave, a year", "年离开人数"}},
    {"performance_mean", false, 1, 3, {"performance of leaders, sd", "领导干部履职绩效"}},
    {"heads", false, 0, 1, {"heads, year’s end", "实有人数（年末）"}},
    {ECH_PRICE_COST, false, -1, 0, {"cost, thousand yuan a year", "支出（万元/年）"}},
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

struct table {
    const struct ech_page *page;
    struct ech_window window;
};

static bool is_money(const struct column *column)
{
    return strcmp(column->measure, ECH_PRICE_COST) == 0;
}

static const struct ech_result_scenario *baseline_of(const struct ech_page *page)
{
    return ech_results_scenario(page->results, page->policies->baseline);
}

static struct ech_number half_of(const struct column *column, const struct ech_summary *difference,
                                 enum ech_lang lang)
{
    double half = (difference->high - difference->low) / 2;
    return is_money(column) ? ech_number_yuan(half, lang) : ech_number(half, column->decimals);
}

/* Mean difference and half its 95 % interval, coloured by what is known of it. */
static void add_difference(const struct table *table, const struct column *column,
                           const struct ech_summary *difference)
{
    struct ech_text *html = table->page->html;
    enum ech_lang lang = table->page->lang;
    enum ech_verdict verdict = column->better != 0
                                   ? ech_compare_verdict(difference, column->better > 0)
                                   : ECH_VERDICT_UNCLEAR;
    if (difference->n == 0) {
        ech_text_add(
            html,
            "<td class=\"unclear\">" ECH_NUMBER_NONE); /* nobody there whom it could be told of */
        return;
    }
    if (difference->low == 0 && difference->high == 0) {
        ech_text_add(html, "<td class=\"unclear\">0");
        return;
    }
    ech_html_fill(html, "<td><span class=\"{1}\">{2}", ech_page_verdict(verdict),
                  is_money(column) ? ech_number_yuan_signed(difference->mean, lang).s
                                   : ech_number_signed(difference->mean, column->decimals).s,
                  NULL);
    if (difference->n > 1) {
        ech_html_fill(html, "<br/>±{1}", half_of(column, difference, lang).s, NULL);
    }
    ech_text_add(html, "</span>");
}

/* Of the years in which it is clearly worse for the county, which the mean may hide, the largest loss. */
static enum ech_status add_worst(const struct table *table, const struct ech_effect *effect,
                                 const struct column *column, struct ech_error *error)
{
    const struct ech_worst_question question = {
        .measure = column->measure, .from = table->window.to > 0 ? 1 : 0, .to = table->window.to};
    struct ech_worst worst;
    if (column->by_type || is_money(column)) {
        return ECH_OK; /* money: in the table above */
    }
    enum ech_status status = ech_worst_read(table->page->results, effect->reference,
                                            effect->scenario, &question, &worst, error);
    if (status == ECH_OK && worst.verdict == ECH_VERDICT_WORSE) {
        int start = ech_results_scenario(table->page->results, effect->scenario)->start_month;
        ech_html_fill(table->page->html,
                      ech_pick(table->page->lang,
                               "<br/><span class=\"worst worse\">clearly {1}: {2}</span>",
                               "<br/><span class=\"worst worse\">{1}年明显变差：{2}</span>"),
                      ech_number_seed((uint64_t)ech_number_year(start, worst.year)).s,
                      ech_number_signed(worst.difference.mean, column->decimals).s, NULL);
    }
    return status;
}

static enum ech_status add_cell(const struct table *table, const struct ech_effect *effect,
                                const struct column *column, const char *group,
                                struct ech_error *error)
{
    struct ech_comparison comparison;
    enum ech_status status = ech_compare_years(
        table->page->results, effect->reference, effect->scenario, group, column->measure,
        table->window.from, table->window.to, &comparison, error);
    if (status == ECH_OK) {
        add_difference(table, column, &comparison.difference);
        status = add_worst(table, effect, column, error);
        ech_text_add(table->page->html, "</td>");
    }
    return status;
}

/* Groups of a column's cells: the county, or each type of the baseline. */
static int n_cells(const struct ech_page *page, const struct column *column, const char **ids)
{
    const struct ech_result_scenario *scenario = baseline_of(page);
    int n = 0;
    for (int g = 0; g < scenario->n_groups; g++) {
        enum ech_group_kind wanted = column->by_type ? ECH_GROUP_TYPE : ECH_GROUP_COUNTY;
        if (scenario->groups[g].kind == wanted && (column->by_type || n == 0)) {
            ids[n++] = scenario->groups[g].id;
        }
    }
    return n;
}

static enum ech_status add_row(const struct table *table, const struct ech_effect *effect,
                               const char **ids, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    ech_html_fill(table->page->html, "<tr><th>{1}</th>",
                  ech_page_title(table->page, effect->scenario), NULL);
    for (int c = 0; c < N_COLUMNS && status == ECH_OK; c++) {
        int n = n_cells(table->page, &columns[c], ids);
        for (int i = 0; i < n && status == ECH_OK; i++) {
            status = add_cell(table, effect, &columns[c], ids[i], error);
        }
    }
    ech_text_add(table->page->html, "</tr>\n");
    return status;
}

/* Two lines: the measures, and below those by type the types. */
static void add_heads(const struct ech_page *page, const char **ids)
{
    const struct ech_result_scenario *scenario = baseline_of(page);
    ech_html_fill(page->html,
                  "<div class=\"scroll\"><table class=\"numbers bearers\">\n<thead><tr>"
                  "<th rowspan=\"2\">{1}</th>",
                  ech_pick(page->lang, "scenario", "情景"), NULL);
    for (int c = 0; c < N_COLUMNS; c++) {
        int n = columns[c].by_type ? n_cells(page, &columns[c], ids) : 0;
        if (n > 0) {
            ech_html_fill(page->html, "<th colspan=\"{1}\">{2}</th>", ech_number(n, 0).s,
                          columns[c].head[page->lang], NULL);
        } else {
            ech_html_fill(page->html, "<th rowspan=\"2\">{1}</th>", columns[c].head[page->lang],
                          NULL);
        }
    }
    ech_text_add(page->html, "</tr>\n<tr>");
    for (int c = 0; c < N_COLUMNS; c++) {
        for (int g = 0; g < scenario->n_groups && columns[c].by_type; g++) {
            if (scenario->groups[g].kind == ECH_GROUP_TYPE) {
                ech_html_fill(page->html, "<th>{1}</th>",
                              scenario->groups[g].title.text[page->lang], NULL);
            }
        }
    }
    ech_text_add(page->html, "</tr></thead>\n<tbody>\n");
}

static void add_introduction(const struct table *table)
{
    const struct ech_page *page = table->page;
    ech_page_introduction(
        page, table->window,
        "<p>The same policies, in each group what lowers vacancies most first, by who bears "
        "what, {1}: change against the grey line above, with "
        "half "
        "of the 95% interval; <span class=\"better\">better</span>, <span "
        "class=\"worse\">worse</span> "
        "for those who bear it, <span class=\"unclear\">no clear difference, or neither "
        "good nor bad</span>. Clearly 2026: the largest loss of those years in which it is "
        "clearly worse, all years looked at together. A gain of one type of unit can be the "
        "loss of another. Costs "
        "are what the scenario's files say of prices; a price of 0 costs nothing.</p>\n",
        "<p>同样的政策，各组按降低空缺率的作用由大到小排列，按受影响的单位和人员分，{1}"
        "：与上方灰底行相比的变化，±为95%区间的一半；"
        "<span class=\"better\">改善</span>、<span class=\"worse\">变差</span>、"
        "<span "
        "class=\"unclear\">无明显差别或无好坏之分</"
        "span>"
        "。“某年明显变差”：明显变差的年份中损失最大的一年（各年联合比较）。一类单位的改善可能是"
        "另一类单位的损"
        "失。"
        "支出按情景文件所列单价计算，单价为0则不计支出。</p>\n");
}

/* A grey line above the policies that are held against one reference. */
static void add_reference(const struct ech_page *page, int reference)
{
    ech_html_fill(page->html, "<tr class=\"reference\"><th colspan=\"99\">{1}{2}{3}</th></tr>\n",
                  ech_pick(page->lang, "against “", "与“"), ech_page_title(page, reference),
                  ech_pick(page->lang, "”", "”相比"), NULL);
}

static enum ech_status write_table(const struct table *table, const struct ech_effects *effects,
                                   struct ech_error *error)
{
    const struct ech_page *page = table->page;
    enum ech_status status = ECH_OK;
    const char **ids = calloc((size_t)baseline_of(page)->n_groups, sizeof *ids);
    if (ids == NULL) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("report", "报告")});
    }
    add_introduction(table);
    add_heads(page, ids);
    for (int i = 0; i < effects->n && status == ECH_OK; i++) {
        if (i == 0 || effects->effect[i].reference != effects->effect[i - 1].reference) {
            add_reference(page, effects->effect[i].reference);
        }
        status = add_row(table, &effects->effect[i], ids, error);
    }
    ech_text_add(page->html, "</tbody>\n</table></div>\n");
    free(ids);
    return status;
}

enum ech_status ech_page_bearers(const struct ech_page *page, struct ech_error *error)
{
    struct table table = {.page = page};
    struct ech_effects effects = {0};
    enum ech_status status = ech_effects_measure(page->results, page->policies, "post_vacancy_rate",
                                                 -1, &effects, error);
    if (status == ECH_OK && effects.n > 0) {
        table.window = effects.window;
        ech_page_heading(page, "Who gains, who pays", "谁受益，谁承担");
        status = write_table(&table, &effects, error);
    }
    ech_effects_free(&effects);
    return status;
}
