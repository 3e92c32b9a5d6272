/* The table of what each policy reaches. */
#include <stdlib.h>

#include "plots/findings.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "results/means.h"
#include "results/price.h"

/* A column: the sum of two measures, the second `factor` times; NULL: the first alone. */
struct column {
    const char *measure;
    const char *second;
    double factor;
    int better; /* +1: more is better, -1: less, 0: neither, so that no year is the worst */
    double scale;
    int decimals;
    bool as_difference; /* only what a policy changes, not what there is */
    const char *head[2];
};

static const struct column columns[] = {
    {"reserve_ratio", NULL, 0, 1, 100, 1, false, {"reserve filled, %", "后备满足率（%）"}},
    {"post_vacancy_rate",
     NULL,
     0,
     -1,
     100,
     2,
     false,
     {"vacant leading posts, %", "领导职位空缺率（%）"}},
    {"posts_vacant[nobody]",
     "posts_vacant[no_place]",
     1,
     -1,
     1,
     1,
     false,
     {"posts with nobody eligible or no free place", "无合格人选或无空编的职位"}},
    {"posts",
     "posts_vacant",
     -1,
     1,
     1,
     0,
     false,
     {"filled leading posts, year’s mean", "到岗领导职位（年均）"}},
    {"heads", NULL, 0, 0, 1, 0, false, {"heads, year’s end", "实有人数（年末）"}},
    {ECH_PRICE_COST,
     NULL,
     0,
     -1,
     1,
     0,
     true,
     {"added cost, thousand yuan a year", "增加的支出（万元/年）"}}};
enum { N_COLUMNS = sizeof columns / sizeof *columns, N_WITH_EFFECT = 2 };

struct table {
    const struct ech_page *page;
    struct ech_effects effects[N_WITH_EFFECT];
    int decimals[N_WITH_EFFECT]; /* of the effects */
    struct ech_window window;
};

/* Each replication's mean over the window of what a column shows. */
static enum ech_status read_column(const struct table *table, int scenario,
                                   const struct column *column, struct ech_means *means,
                                   struct ech_error *error)
{
    struct ech_means second = {0};
    struct ech_means_key key = {scenario, 0, column->measure, table->window.from, table->window.to};
    enum ech_status status = ech_means_read(table->page->results, &key, means, error);
    if (status == ECH_OK && column->second) {
        key.measure = column->second;
        status = ech_means_read(table->page->results, &key, &second, error);
    }
    for (int r = 0; r < means->n && status == ECH_OK; r++) {
        double more = column->second ? column->factor * second.value[r] : 0;
        means->value[r] = column->scale * (means->value[r] + more);
    }
    ech_means_free(&second);
    return status;
}

static enum ech_status mean_of_window(const struct table *table, int scenario,
                                      const struct column *column, struct ech_summary *summary,
                                      struct ech_error *error)
{
    struct ech_means means = {0};
    enum ech_status status = read_column(table, scenario, column, &means, error);
    if (status == ECH_OK) {
        *summary = ech_summarise(means.value, means.n);
    }
    ech_means_free(&means);
    return status;
}

static const struct ech_effect *effect_of(const struct ech_effects *effects, int scenario)
{
    for (int i = 0; i < effects->n; i++) {
        if (effects->effect[i].scenario == scenario) {
            return &effects->effect[i];
        }
    }
    return NULL;
}

/* The difference to the reference below the value, coloured by what is known of it. */
static void add_effect(const struct table *table, const struct ech_effect *effect, int decimals)
{
    const struct ech_summary *difference = &effect->difference;
    if (difference->n == 0) {
        return; /* the value is not there either */
    }
    ech_html_fill(table->page->html, "<br/><span class=\"{1}\">{2}",
                  ech_page_verdict(effect->verdict),
                  ech_findings_points(difference->mean, decimals).s, NULL);
    if (difference->n > 1) {
        ech_html_fill(table->page->html,
                      ech_pick(table->page->lang, " ({1} to {2})", "（{1}至{2}）"),
                      ech_findings_points(difference->low, decimals).s,
                      ech_findings_points(difference->high, decimals).s, NULL);
    }
    ech_text_add(table->page->html, "</span>");
}

/* A worst year of a scenario: what changes in it, and its interval. */
static void put_worst(const struct table *table, int scenario, const struct ech_worst *worst,
                      const struct ech_number numbers[3])
{
    int start = ech_results_scenario(table->page->results, scenario)->start_month;
    ech_html_fill(
        table->page->html,
        worst->verdict == ECH_VERDICT_WORSE
            ? ech_pick(table->page->lang,
                       "<br/><span class=\"worst {1}\">clearly {2}: {3}<br/>({4} to {5})</span>",
                       "<br/><span "
                       "class=\"worst {1}\">{2}年明显变差：{3}<br/>（{4}至{5}）</span>")
            : ech_pick(table->page->lang,
                       "<br/><span class=\"worst {1}\">worst {2}: {3}<br/>({4} to {5})</span>",
                       "<br/><span "
                       "class=\"worst {1}\">最差{2}年：{3}<br/>（{4}至{5}）</span>"),
        ech_page_verdict(worst->verdict),
        ech_number_seed((uint64_t)ech_number_year(start, worst->year)).s, numbers[0].s,
        numbers[1].s, numbers[2].s, NULL);
}

/* The year in which it does worst, below that. */
static void add_worst(const struct table *table, const struct ech_effect *effect)
{
    const struct ech_summary *difference = &effect->worst.difference;
    if (effect->worst.year == ECH_NONE || difference->n < 2) {
        return;
    }
    int decimals = ech_findings_decimals(difference);
    const struct ech_number points[] = {ech_findings_points(difference->mean, decimals),
                                        ech_findings_points(difference->low, decimals),
                                        ech_findings_points(difference->high, decimals)};
    put_worst(table, effect->scenario, &effect->worst, points);
}

/* Money, where a column is shown as a difference, else people or posts. */
static struct ech_number change_of(const struct column *column, double change, enum ech_lang lang)
{
    return column->as_difference ? ech_number_yuan_signed(change, lang)
                                 : ech_number_signed(change, 1);
}

/* The worst year of a column without an effect of its own, where it is clearly worse than the grey row:
   a line below the value. */
static enum ech_status add_clear_worst(const struct table *table, int scenario, int reference,
                                       const struct column *column, struct ech_error *error)
{
    enum ech_lang lang = table->page->lang;
    const struct ech_worst_question question = {.measure = column->measure,
                                                .from = table->window.to > 0 ? 1 : 0,
                                                .to = table->window.to,
                                                .second = column->second,
                                                .factor = column->factor,
                                                .better = column->better};
    struct ech_worst worst;
    if (column->better == 0 || scenario == reference) {
        return ECH_OK;
    }
    enum ech_status status =
        ech_worst_read(table->page->results, reference, scenario, &question, &worst, error);
    if (status != ECH_OK || worst.verdict != ECH_VERDICT_WORSE) {
        return status;
    }
    const struct ech_number changes[] = {change_of(column, worst.difference.mean, lang),
                                         change_of(column, worst.difference.low, lang),
                                         change_of(column, worst.difference.high, lang)};
    put_worst(table, scenario, &worst, changes);
    return ECH_OK;
}

/* "more leave: +0.59 (0.46 to 0.73)" where clearly more leaders leave by choice than in the grey row above;
   *more says whether they do. */
static enum ech_status add_more_leave(const struct table *table, int scenario, int reference,
                                      bool *more, struct ech_error *error)
{
    struct ech_comparison leave;
    const struct ech_summary *difference = &leave.difference;
    enum ech_lang lang = table->page->lang;
    enum ech_status status =
        ech_compare_years(table->page->results, reference, scenario, NULL, ECH_PRICE_EXITS,
                          table->window.from, table->window.to, &leave, error);
    *more = status == ECH_OK && ech_compare_verdict(difference, false) == ECH_VERDICT_WORSE;
    if (*more) {
        ech_html_fill(table->page->html,
                      ech_pick(lang,
                               "<br/><span class=\"worst worse\">more leave:<br/>{1} ({2} to "
                               "{3})</span>",
                               "<br/><span class=\"worst worse\">离开的更多：<br/>{1}人"
                               "（{2}至{3}）</span>"),
                      ech_number_signed(difference->mean, 2).s,
                      ech_number_signed(difference->low, 2).s,
                      ech_number_signed(difference->high, 2).s, NULL);
    }
    return status;
}

/* Yuan for each leader kept, against the grey row above, where that can be told: a line below the cost. */
static enum ech_status add_price(const struct table *table, int scenario, int reference,
                                 struct ech_error *error)
{
    struct ech_summary price;
    enum ech_lang lang = table->page->lang;
    struct ech_price_question asked = {NULL, table->window.from, table->window.to};
    bool more;
    enum ech_status status = add_more_leave(table, scenario, reference, &more, error);
    if (status == ECH_OK && !more) {
        status = ech_price_years(table->page->results, reference, scenario, &asked, &price, error);
    }
    if (status != ECH_OK || more) {
        return status;
    }
    ech_text_add(table->page->html, "<br/><span class=\"worst unclear\">");
    if (!ech_price_is_told(&price)) {
        ech_text_add(table->page->html,
                     ech_pick(lang, "hardly anybody<br/>kept", "几乎没有人<br/>因此留下"));
    } else if (price.high < 0) {
        ech_text_add(table->page->html,
                     ech_pick(lang, "leaders kept,<br/>money saved", "留住了人，<br/>还节省支出"));
    } else {
        ech_html_fill(table->page->html,
                      ech_pick(lang, "each leader kept:<br/>{1} ({2} to {3})",
                               "每多留1人：<br/>{1}（{2}至{3}）"),
                      ech_number_yuan(price.mean, lang).s, ech_number_yuan(price.low, lang).s,
                      ech_number_yuan(price.high, lang).s, NULL);
    }
    ech_text_add(table->page->html, "</span>");
    return ECH_OK;
}

/* What a policy adds to what the grey row above pays, with its interval and for each leader kept. */
static enum ech_status add_difference(const struct table *table, int scenario, int reference,
                                      const struct column *column, struct ech_error *error)
{
    struct ech_comparison comparison;
    const struct ech_summary *difference = &comparison.difference;
    enum ech_status status =
        ech_compare_years(table->page->results, reference, scenario, NULL, column->measure,
                          table->window.from, table->window.to, &comparison, error);
    if (status != ECH_OK) {
        return status;
    }
    ech_html_fill(table->page->html, "<td><span class=\"{1}\">{2}</span>",
                  ech_page_verdict(ech_compare_verdict(difference, false)),
                  ech_number_yuan_signed(difference->mean, table->page->lang).s, NULL);
    if (difference->high > difference->low) {
        ech_html_fill(table->page->html,
                      ech_pick(table->page->lang,
                               "<br/><span class=\"unclear\">({1} to {2})</span>",
                               "<br/><span class=\"unclear\">（{1}至{2}）</span>"),
                      ech_number_yuan_signed(difference->low, table->page->lang).s,
                      ech_number_yuan_signed(difference->high, table->page->lang).s, NULL);
    }
    status = add_price(table, scenario, reference, error);
    if (status == ECH_OK) {
        status = add_clear_worst(table, scenario, reference, column, error);
    }
    ech_text_add(table->page->html, "</td>");
    return status;
}

static enum ech_status add_cell(const struct table *table, int scenario, int reference, int c,
                                struct ech_error *error)
{
    struct ech_text *html = table->page->html;
    const struct column *column = &columns[c];
    struct ech_summary summary;
    if (column->as_difference) {
        if (scenario != reference) {
            return add_difference(table, scenario, reference, column, error);
        }
        ech_text_add(html, "<td>" ECH_NUMBER_NONE "</td>");
        return ECH_OK;
    }
    enum ech_status status = mean_of_window(table, scenario, column, &summary, error);
    if (status != ECH_OK) {
        return status;
    }
    ech_html_fill(html, "<td>{1}", ech_number(summary.mean, column->decimals).s, NULL);
    if (c < N_WITH_EFFECT) {
        const struct ech_effect *effect = effect_of(&table->effects[c], scenario);
        if (effect != NULL) {
            add_effect(table, effect, table->decimals[c]);
            add_worst(table, effect);
        }
    } else {
        status = add_clear_worst(table, scenario, reference, column, error);
    }
    ech_text_add(html, "</td>");
    return status;
}

static enum ech_status add_row(const struct table *table, int scenario, int reference,
                               struct ech_error *error)
{
    struct ech_text *html = table->page->html;
    enum ech_status status = ECH_OK;
    bool is_reference = scenario == reference;
    ech_html_fill(html, is_reference ? "<tr class=\"reference\"><th>{1}</th>" : "<tr><th>{1}</th>",
                  ech_page_title(table->page, scenario), NULL);
    for (int c = 0; c < N_COLUMNS && status == ECH_OK; c++) {
        status = add_cell(table, scenario, reference, c, error);
    }
    ech_text_add(html, "</tr>\n");
    return status;
}

/* A reference and the policies compared with it, the best for the reserve first. */
static enum ech_status add_family(const struct table *table, int reference, struct ech_error *error)
{
    int n;
    const struct ech_effect *first = ech_effects_family(&table->effects[0], reference, &n);
    enum ech_status status = add_row(table, reference, reference, error);
    for (int i = 0; i < n && status == ECH_OK; i++) {
        status = add_row(table, first[i].scenario, reference, error);
    }
    return status;
}

static void add_introduction(const struct table *table)
{
    const struct ech_page *page = table->page;
    ech_page_introduction(
        page, table->window,
        "<p>Means over the replications, {1}. Below a value: difference to the "
        "grey row above, paired by replication, in points, with its 95% "
        "interval; <span class=\"better\">better</span>, <span "
        "class=\"worse\">worse</span>, <span class=\"unclear\">no clear "
        "difference</span>. Clearly 2026: of the years from the first on in which a policy is "
        "clearly worse, which the mean may hide, the one with the largest loss; another year "
        "may lose more, but not clearly. Where no year is clear, the one with the largest "
        "loss is called worst (first two columns only). These intervals hold for all years "
        "together. Rates and posts are means of "
        "the months of a year, heads those at its end. Each group begins "
        "with its best for the reserve. Places without people raise the vacancy rate: compare "
        "heads and filled posts too. Added cost: what is paid more than in the grey row, "
        "salaries not counted. For each leader kept: the added cost for each leader who does "
        "not leave by choice. More leave: how many more leaders leave by choice a "
        "year. " ECH_NUMBER_NONE ": nothing to count or to compare.</p>\n",
        "<p>各次重复的均值，{1}。数值下方为与上方灰底行的配对差（百分点）及95%区间；"
        "<span class=\"better\">改善</span>、<span class=\"worse\">变差</span>、"
        "<span "
        "class=\"unclear\">无明显差别</"
        "span>。“某年明显变差”：自第1年起明显变差的年份中损失最大的一年，均值可能看不出；"
        "其他年份损失可能更大，但不明确。没有明显变差的年份时，损失最大的一年称“最差”"
        "（仅前两列）。这些区间对各年同时成立。"
        "比率和职位数为全年各月平均，实有人数为年末数。各组按对后备的作用由大到小排列。"
        "只增编不进人会抬高空缺率，请同时比较实有人数与到岗职位。"
        "增加的支出：比灰底行多付的钱，不含工资。每多留1人的费用："
        "增加的支出除以少流失（自愿离开）的领导干部人数。"
        "离开的更多：每年多出的自愿离开的领导干部人数。"
        "“" ECH_NUMBER_NONE "”表示没有可统计或可比较的对象。</p>\n");
}

static enum ech_status write_table(const struct table *table, struct ech_error *error)
{
    const struct ech_page *page = table->page;
    add_introduction(table);
    ech_html_fill(page->html,
                  "<div class=\"scroll\"><table class=\"numbers\">\n<thead><tr><th>{1}</th>",
                  ech_pick(page->lang, "scenario", "情景"), NULL);
    for (int c = 0; c < N_COLUMNS; c++) {
        ech_html_fill(page->html, "<th>{1}</th>", columns[c].head[page->lang], NULL);
    }
    ech_text_add(page->html, "</tr></thead>\n<tbody>\n");
    enum ech_status status = add_family(table, page->policies->baseline, error);
    if (status == ECH_OK && page->policies->closed != ECH_NONE) {
        status = add_family(table, page->policies->closed, error);
    }
    ech_text_add(page->html, "</tbody>\n</table></div>\n");
    return status;
}

enum ech_status ech_page_comparison(const struct ech_page *page, struct ech_error *error)
{
    struct table table = {.page = page};
    enum ech_status status = ECH_OK;
    for (int c = 0; c < N_WITH_EFFECT && status == ECH_OK; c++) {
        status = ech_effects_measure(page->results, page->policies, columns[c].measure,
                                     columns[c].better, &table.effects[c], error);
        table.window = table.effects[c].window;
        table.decimals[c] =
            ech_findings_column_decimals(table.effects[c].effect, table.effects[c].n);
    }
    ech_page_heading(page, "The policies compared", "政策比较");
    if (status == ECH_OK) {
        status = write_table(&table, error);
    }
    for (int c = 0; c < N_WITH_EFFECT; c++) {
        ech_effects_free(&table.effects[c]);
    }
    return status;
}
