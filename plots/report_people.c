/* How rightly people are chosen and judged, how many want to leave, how evenly units fare: shares that each
   policy reaches, and what it changes. */
#include <math.h>

#include "plots/findings.h"
#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"

static const struct {
    const char *measure; /* a share */
    int better;          /* +1: more is better, -1: less */
    const char *head[2];
} columns[] = {
    {"best_chosen_share", 1, {"the best is nominated, %", "选准率（%）"}},
    {"excellent_right_share", 1, {"rightly rated excellent, %", "评优准确率（%）"}},
    {"consequence_right_share", 1, {"justified consequences, %", "处理准确率（%）"}},
    {"wants_to_leave", -1, {"leaders who want to leave, %", "想离开的领导干部（%）"}},
    {"gini[vacancy]", -1, {"inequality of vacancies (Gini), %", "空缺差异（基尼系数，%）"}},
    {"gini[reserve]", -1, {"inequality of reserves (Gini), %", "后备差异（基尼系数，%）"}},
};
enum { N_COLUMNS = sizeof columns / sizeof *columns, DECIMALS = 1 };

/* What would be shown as 0 has no colour. */
static void add_change(const struct ech_page *page, const struct ech_summary *difference,
                       bool more_is_better)
{
    double half = (difference->high - difference->low) / 2;
    bool shows = fabs(100 * difference->mean) >= 0.05;
    enum ech_verdict verdict =
        shows ? ech_compare_verdict(difference, more_is_better) : ECH_VERDICT_UNCLEAR;
    if (difference->low == 0 && difference->high == 0) {
        return;
    }
    ech_html_fill(page->html, "<br/><span class=\"{1}\">{2}", ech_page_verdict(verdict),
                  ech_number_signed(100 * difference->mean, DECIMALS).s, NULL);
    if (difference->n > 1) {
        ech_html_fill(page->html, " ±{1}", ech_number(100 * half, DECIMALS).s, NULL);
    }
    ech_text_add(page->html, "</span>");
}

/* The value of a scenario, and below it how it differs; a reference is compared with itself. */
static enum ech_status add_cell(const struct ech_page *page, const struct ech_effects *effects,
                                int reference, int scenario, int column, struct ech_error *error)
{
    struct ech_comparison comparison;
    enum ech_status status =
        ech_compare_years(page->results, reference, scenario, NULL, columns[column].measure,
                          effects->window.from, effects->window.to, &comparison, error);
    if (status == ECH_OK && comparison.difference.n == 0) {
        ech_text_add(page->html, "<td class=\"unclear\">" ECH_NUMBER_NONE "</td>");
    } else if (status == ECH_OK) {
        ech_html_fill(page->html, "<td>{1}", ech_number_percent(comparison.policy, DECIMALS).s,
                      NULL);
        if (scenario != reference) {
            add_change(page, &comparison.difference, columns[column].better > 0);
        }
        ech_text_add(page->html, "</td>");
    }
    return status;
}

static enum ech_status add_row(const struct ech_page *page, const struct ech_effects *effects,
                               int reference, int scenario, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    ech_html_fill(page->html,
                  scenario == reference ? "<tr class=\"reference\"><th>{1}</th>"
                                        : "<tr><th>{1}</th>",
                  ech_page_title(page, scenario), NULL);
    for (int c = 0; c < N_COLUMNS && status == ECH_OK; c++) {
        status = add_cell(page, effects, reference, scenario, c, error);
    }
    ech_text_add(page->html, "</tr>\n");
    return status;
}

static void add_introduction(const struct ech_page *page, const struct ech_effects *effects)
{
    ech_page_introduction(
        page, effects->window,
        "<p>Shares, {1}; below each the change against the grey line, in percentage points "
        "with half of the 95% interval. Votes, scores and indicators see people through "
        "noise; what is right is held against merit and performance that only the model "
        "knows. The best is nominated: nobody eligible in the circle searched surpasses "
        "the nominee. Rightly rated excellent: among as many of the best. Justified "
        "consequences: among the lowest of their pool. Gini: 0 where all base-level "
        "units fare alike.</p>\n",
        "<p>各项比例，{1}；数值下方为与灰底行相比的变化（百分点），±为95%区间的一半。"
        "票数、分数和指标都只能带着误差看人；准与不准，以只有模型知道的真实素质和履职表现"
        "为准。选准：在所考察范围内没有比入选者更强的合格人选。评优准确：确属同样多的最优者"
        "。处理准确：确属本组表现最差者。基尼系数：各基层单位完全一样为0。</p>\n");
}

static enum ech_status write_table(const struct ech_page *page, const struct ech_effects *effects,
                                   struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    add_introduction(page, effects);
    ech_html_fill(
        page->html,
        "<div class=\"scroll\"><table class=\"numbers bearers\">\n<thead><tr><th>{1}</th>",
        ech_pick(page->lang, "scenario", "情景"), NULL);
    for (int c = 0; c < N_COLUMNS; c++) {
        ech_html_fill(page->html, "<th>{1}</th>", columns[c].head[page->lang], NULL);
    }
    ech_text_add(page->html, "</tr></thead>\n<tbody>\n");
    for (int i = 0; i < effects->n && status == ECH_OK; i++) {
        int reference = effects->effect[i].reference;
        if (i == 0 || reference != effects->effect[i - 1].reference) {
            status = add_row(page, effects, reference, reference, error);
        }
        if (status == ECH_OK) {
            status = add_row(page, effects, reference, effects->effect[i].scenario, error);
        }
    }
    ech_text_add(page->html, "</tbody>\n</table></div>\n");
    return status;
}

enum ech_status ech_page_people(const struct ech_page *page, struct ech_error *error)
{
    struct ech_effects effects = {0};
    enum ech_status status = ech_effects_measure(page->results, page->policies, columns[0].measure,
                                                 columns[0].better, &effects, error);
    if (status == ECH_OK && effects.n > 0) {
        ech_page_heading(page, "Who is chosen and judged rightly, who wants to leave",
                         "选人评人准不准，谁想离开");
        status = write_table(page, &effects, error);
    }
    ech_effects_free(&effects);
    return status;
}
