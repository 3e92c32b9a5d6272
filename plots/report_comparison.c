/* The table of what each policy reaches. */
#include <math.h>
#include <stdlib.h>

#include "plots/findings.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "plots/series.h"
#include "results/price.h"

/* A column: the sum of two measures, the second `factor` times; NULL: the first alone. */
struct column {
    const char *measure;
    const char *second;
    double factor;
    double scale;
    int decimals;
    const char *head[2];
};

static const struct column columns[] = {
    {"reserve_ratio", NULL, 0, 100, 1, {"reserve filled, %", "后备满足率（%）"}},
    {"post_vacancy_rate",
     NULL,
     0,
     100,
     2,
     {"vacancy rate of leading posts, %", "领导职位空缺率（%）"}},
    {"posts_vacant[nobody]",
     "posts_vacant[no_place]",
     1,
     1,
     1,
     {"posts with nobody eligible or no free place", "无合格人选或无空编的职位"}},
    {"posts", "posts_vacant", -1, 1, 0, {"filled leading posts", "到岗领导职位"}},
    {"heads", NULL, 0, 1, 0, {"heads, administrative track", "行政编制实有人数"}},
    {ECH_PRICE_COST, NULL, 0, 1, 0, {"cost, yuan a year", "各项支出（元/年）"}}};
enum { N_COLUMNS = sizeof columns / sizeof *columns, N_WITH_EFFECT = 2 };

struct table {
    const struct ech_page *page;
    struct ech_effects effects[N_WITH_EFFECT];
    int decimals[N_WITH_EFFECT]; /* of the effects */
    struct ech_window window;
};

static enum ech_status mean_of_window(const struct table *table, int scenario,
                                      const struct column *column, struct ech_summary *summary,
                                      struct ech_error *error)
{
    struct ech_series series = {0};
    double *means = NULL;
    struct ech_series_key key = {scenario, 0, column->measure};
    enum ech_status status = ech_series_read(table->page->results, key, &series, error);
    if (status == ECH_OK && column->second) {
        key.measure = column->second;
        status = ech_series_add(table->page->results, key, column->factor, &series, error);
    }
    if (status == ECH_OK) {
        ech_series_scale(&series, column->scale);
        status = ech_series_array(series.n_replications, &means, error);
    }
    if (status == ECH_OK) {
        ech_mean_over_years(series.values, series.n_replications, series.n_years,
                            table->window.from, table->window.to, means);
        *summary = ech_summarise(means, series.n_replications);
    }
    free(means);
    ech_series_free(&series);
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

/* Yuan for each leader kept, against the grey row above: NA where nobody is. */
static enum ech_status add_price(const struct table *table, int scenario, int reference,
                                 struct ech_error *error)
{
    struct ech_summary price;
    struct ech_price_question asked = {NULL, table->window.from, table->window.to};
    enum ech_status status =
        ech_price_years(table->page->results, reference, scenario, &asked, &price, error);
    if (status != ECH_OK) {
        return status;
    }
    ech_html_fill(table->page->html, "<td>{1}", ech_number(price.mean, 0).s, NULL);
    if (!isnan(price.low)) {
        ech_html_fill(table->page->html,
                      ech_pick(table->page->lang,
                               "<br/><span class=\"unclear\">({1} to {2})</span>",
                               "<br/><span class=\"unclear\">（{1}至{2}）</span>"),
                      ech_number(price.low, 0).s, ech_number(price.high, 0).s, NULL);
    }
    ech_text_add(table->page->html, "</td>");
    return ECH_OK;
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
        struct ech_summary summary;
        status = mean_of_window(table, scenario, &columns[c], &summary, error);
        if (status != ECH_OK) {
            break;
        }
        ech_html_fill(html, "<td>{1}", ech_number(summary.mean, columns[c].decimals).s, NULL);
        const struct ech_effect *effect =
            c < N_WITH_EFFECT ? effect_of(&table->effects[c], scenario) : NULL;
        if (effect) {
            add_effect(table, effect, table->decimals[c]);
        }
        ech_text_add(html, "</td>");
    }
    if (status == ECH_OK && is_reference) {
        ech_text_add(html, "<td></td>");
    } else if (status == ECH_OK) {
        status = add_price(table, scenario, reference, error);
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
    struct ech_text when = {0};
    ech_findings_window(table->window, page->lang, &when);
    ech_html_fill(
        page->html,
        ech_pick(
            page->lang,
            "<p>Means over the replications, {1}. Below a value: difference to the "
            "grey row above, paired by replication, in points, with its 95% "
            "interval; <span class=\"better\">better</span>, <span "
            "class=\"worse\">worse</span>, <span class=\"unclear\">no clear "
            "difference</span>. Each group begins with its best for the reserve. "
            "Places without people raise the vacancy rate: compare heads and filled "
            "posts too. Yuan for each leader kept: what is paid more than in the grey row, for "
            "each leader who does not leave by choice; NA where nobody is kept, without an "
            "interval where that is not clear.</p>\n",
            "<p>各次重复的均值，{1}。数值下方为与上方灰底行的配对差（百分点）及95%区间；"
            "<span class=\"better\">改善</span>、<span class=\"worse\">变差</span>、"
            "<span class=\"unclear\">无明显差别</span>。各组按对后备的作用由大到小排列。"
            "只增编不进人会抬高空缺率，请同时比较实有人数与到岗职位。"
            "每多留住一名领导干部的费用：比灰底行多付的钱除以少流失（自愿离开）的领导干部人数；未留"
            "住人者为NA，"
            "不确定者无区间。</p>\n"),
        ech_text_string(&when), NULL);
    ech_text_free(&when);
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
    ech_html_fill(page->html, "<th>{1}</th>",
                  ech_pick(page->lang, "yuan for each leader kept", "每多留住一名领导干部（元）"),
                  NULL);
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
                                     c == 0 ? 1 : -1, &table.effects[c], error);
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
