#include "cli/compare_view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/columns.h"
#include "results/export.h"
#include "results/price.h"

enum { LABEL_WIDTH = 29, VALUE_WIDTH = 10, INTERVAL_WIDTH = 21, CELL = 64 };
enum { BASELINE, POLICY, CHANGE, INTERVAL, N_CELLS };

static bool is_share(const struct ech_compare_view *view, const char *measure)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(view->results, view->wanted.baseline);
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    struct ech_measure found;
    return ech_measure_find(measure, &layout, scenario->levels, &found) &&
           strncmp(found.row->unit, "share", 5) == 0;
}

/** A value; shares as per cent, differences (`sign` "+") of shares as points. */
static void value_text(double value, bool share, const char *sign, char text[CELL])
{
    double shown = share ? 100 * value : value;
    double size = fabs(shown);
    int decimals = size >= 10000 ? 0 : size >= 100 ? 1 : size >= 0.095 || size == 0 ? 2 : 3;
    if (isnan(value)) {
        snprintf(text, CELL, "NA");
    } else if (sign[0] != '\0') {
        snprintf(text, CELL, "%+.*f", decimals, shown);
    } else {
        snprintf(text, CELL, "%.*f%s", decimals, shown, share ? "%" : "");
    }
}

/** The 95% interval, or a word where there is nothing between them. */
static void interval_text(const struct ech_compare_view *view, const struct ech_summary *difference,
                          bool share, char text[3 * CELL])
{
    char low[CELL];
    char high[CELL];
    if (isnan(difference->low)) {
        snprintf(text, CELL, "NA");
        return;
    }
    if (difference->low == 0 && difference->high == 0) {
        snprintf(text, CELL, "%s", view->lang == ECH_LANG_ZH ? "相同" : "the same");
        return;
    }
    value_text(difference->low, share, "+", low);
    value_text(difference->high, share, "+", high);
    snprintf(text, 3 * CELL, "%s%s%s", low, view->lang == ECH_LANG_ZH ? " 至 " : " to ", high);
}

/* A line of cells, at least one blank between them: a wide one pushes those before it to the left, and
   the label, if they come too near, onto a line of its own. */
static void put_line(const char *label, char cells[N_CELLS][3 * CELL])
{
    int width[N_CELLS];
    int left = ECH_COLUMNS;
    for (int i = N_CELLS - 1; i >= 0; i--) {
        int narrowest = i == INTERVAL ? INTERVAL_WIDTH : VALUE_WIDTH;
        int own = ech_columns_width(cells[i]);
        width[i] = own < narrowest ? narrowest : own + 1;
    }
    for (int i = N_CELLS - 1; i >= 0; i--) { /* give back what the cells before can spare */
        left -= width[i];
    }
    for (int i = 0; i < N_CELLS && left < LABEL_WIDTH; i++) {
        int spare = width[i] - ech_columns_width(cells[i]) - 1;
        int given = spare < LABEL_WIDTH - left ? spare : LABEL_WIDTH - left;
        width[i] -= given > 0 ? given : 0;
        left += given > 0 ? given : 0;
    }
    if (ech_columns_width(label) > left) {
        printf("%s\n", label);
        label = "";
    }
    ech_columns_put(stdout, label, left > 0 ? left : 1, ECH_ALIGN_LEFT);
    for (int i = 0; i < N_CELLS; i++) {
        ech_columns_put(stdout, cells[i], width[i], ECH_ALIGN_RIGHT);
    }
    putchar('\n');
}

void ech_compare_view_row(const struct ech_compare_view *view, const char *label,
                          const char *measure, const struct ech_comparison *comparison)
{
    char cells[N_CELLS][3 * CELL];
    bool share = is_share(view, measure);
    value_text(comparison->baseline, share, "", cells[BASELINE]);
    value_text(comparison->policy, share, "", cells[POLICY]);
    value_text(comparison->difference.mean, share, "+", cells[CHANGE]);
    interval_text(view, &comparison->difference, share, cells[INTERVAL]);
    put_line(label, cells);
}

/* Words in place of the price of a leader kept. */
static void put_price_words(const char *words)
{
    ech_columns_put(stdout, "  " ECH_PRICE_NAME, LABEL_WIDTH, ECH_ALIGN_LEFT);
    ech_columns_put(stdout, words, ECH_COLUMNS - LABEL_WIDTH, ECH_ALIGN_RIGHT);
    putchar('\n');
}

/* The price of a leader kept, or why there is none. */
void ech_compare_view_price(const struct ech_compare_view *view,
                            const struct ech_comparison *comparison)
{
    if (ech_price_is_told(&comparison->difference)) {
        ech_compare_view_row(view, "  " ECH_PRICE_NAME, ECH_PRICE_NAME, comparison);
        return;
    }
    put_price_words(view->lang == ECH_LANG_ZH ? "无法判断（几乎没有人因此留下）"
                                              : "cannot be told (hardly anybody kept)");
}

void ech_compare_view_untold(const struct ech_compare_view *view, int n_years)
{
    char words[CELL];
    snprintf(words, sizeof words,
             view->lang == ECH_LANG_ZH ? "%d 年无法判断（几乎没有人因此留下）"
             : n_years == 1            ? "%d year untold (hardly anybody kept)"
                                       : "%d years untold (hardly anybody kept)",
             n_years);
    put_price_words(words);
}

/* The largest clear loss of a year below the mean, else the worst year, unless nothing differs in any. */
void ech_compare_view_worst(const struct ech_compare_view *view, const char *measure,
                            const struct ech_worst *worst)
{
    char cells[N_CELLS][3 * CELL] = {"", "", "", ""};
    char label[64], date[16];
    bool share = is_share(view, measure);
    const struct ech_summary *difference = &worst->difference;
    if (worst->year == ECH_NONE || difference->n < 2 ||
        (difference->low == 0 && difference->high == 0)) {
        return;
    }
    int start = ech_results_scenario(view->results, view->wanted.baseline)->start_month;
    ech_export_date(start + 12 * worst->year, date, sizeof date);
    if (worst->verdict == ECH_VERDICT_WORSE) {
        snprintf(label, sizeof label,
                 view->lang == ECH_LANG_ZH ? "    明显变差，至 %s" : "    clear loss, to %s", date);
    } else {
        snprintf(label, sizeof label,
                 view->lang == ECH_LANG_ZH ? "    最差一年，至 %s" : "    worst year, to %s", date);
    }
    value_text(difference->mean, share, "+", cells[CHANGE]);
    interval_text(view, difference, share, cells[INTERVAL]);
    put_line(label, cells);
}

void ech_compare_view_heads(const struct ech_compare_view *view)
{
    static const char *const heads[][ECH_N_LANGS] = {
        {"baseline", "基准"}, {"policy", "政策"}, {"change", "差"}};
    ech_columns_put(stdout, view->lang == ECH_LANG_ZH ? "  指标" : "  measure", LABEL_WIDTH,
                    ECH_ALIGN_LEFT);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        ech_columns_put(stdout, heads[i][view->lang], VALUE_WIDTH, ECH_ALIGN_RIGHT);
    }
    ech_columns_put(stdout, view->lang == ECH_LANG_ZH ? "95% 区间" : "95% interval", INTERVAL_WIDTH,
                    ECH_ALIGN_RIGHT);
    putchar('\n');
}
