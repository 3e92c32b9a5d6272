/* Why nobody could be found: rejections by clause and level of the post, and by unit. */
#include <stdio.h>
#include <stdlib.h>

#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "plots/words.h"

enum { MOST_UNITS = 150, MONTHS_A_YEAR = 12, MAX_NAME = 192 };

/* Rejections a year, and of them those with no other obstacle; means over the replications. */
struct cell {
    double all, only;
};

/* What is shown of one scenario. */
struct grid {
    const struct ech_page *page;
    const struct ech_result_scenario *scenario;
    int row;                           /* of the scenario */
    struct cell county[ECH_N_CLAUSES]; /* whole county */
    struct cell level[ECH_MAX_LEVELS][ECH_N_CLAUSES];
    bool has_any[ECH_MAX_LEVELS]; /* rejections at the level */
    int n_clauses;
    int clauses[ECH_N_CLAUSES]; /* that reject anybody, most only obstacles first */
};

/* Mean a year of what is counted in one group; 0 without a month. */
static enum ech_status read_rate(const struct grid *grid, int group, const char *measure,
                                 double *rate, struct ech_error *error)
{
    double *mean = NULL, *sd = NULL;
    int *n = NULL, n_months = grid->scenario->n_months;
    enum ech_status status =
        ech_results_monthly(grid->page->results, grid->row, group, measure, &mean, &sd, &n, error);
    *rate = 0;
    for (int month = 1; status == ECH_OK && month <= n_months; month++) {
        *rate += mean[month] * MONTHS_A_YEAR / n_months;
    }
    free(mean);
    free(sd);
    free(n);
    return status;
}

static enum ech_status read_cell(const struct grid *grid, int group, const char *word,
                                 struct cell *cell, struct ech_error *error)
{
    char name[MAX_NAME];
    snprintf(name, sizeof name, "rejections[%s]", word);
    enum ech_status status = read_rate(grid, group, name, &cell->all, error);
    cell->only = 0;
    if (status == ECH_OK && cell->all > 0) {
        snprintf(name, sizeof name, "rejections_only[%s]", word);
        status = read_rate(grid, group, name, &cell->only, error);
    }
    return status;
}

static bool rejects_more(const struct grid *grid, int a, int b)
{
    const struct cell *x = &grid->county[a], *y = &grid->county[b];
    return x->only != y->only ? x->only > y->only : x->all > y->all;
}

/* Reads the county and puts the clauses in order; by insertion, for there are few. */
static enum ech_status read_county(struct grid *grid, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int clause = 0; clause < ECH_N_CLAUSES && status == ECH_OK; clause++) {
        status = read_cell(grid, 0, ech_clause_names[clause], &grid->county[clause], error);
        if (status != ECH_OK || !(grid->county[clause].all > 0)) {
            continue;
        }
        int at = grid->n_clauses++;
        for (; at > 0 && rejects_more(grid, clause, grid->clauses[at - 1]); at--) {
            grid->clauses[at] = grid->clauses[at - 1];
        }
        grid->clauses[at] = clause;
    }
    return status;
}

/* "3.1 / 12": those with no other obstacle, and all; nothing where nobody was rejected. */
static void add_cell(const struct grid *grid, const struct cell *cell)
{
    ech_html_fill(grid->page->html, cell->all > 0 ? "<td><b>{1}</b> / {2}</td>" : "<td></td>",
                  ech_number_people(cell->only).s, ech_number_people(cell->all).s, NULL);
}

static enum ech_status read_levels(struct grid *grid, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int level = 0; level < grid->scenario->n_levels; level++) {
        for (int i = 0; i < grid->n_clauses && status == ECH_OK; i++) {
            int clause = grid->clauses[i];
            char word[MAX_NAME / 2];
            ech_dim_word(ECH_DIM_CLAUSE_LEVEL, level * ECH_N_CLAUSES + clause,
                         grid->scenario->levels, word, sizeof word);
            status = read_cell(grid, 0, word, &grid->level[level][clause], error);
            grid->has_any[level] |= grid->level[level][clause].all > 0;
        }
    }
    return status;
}

static void add_clause(const struct grid *grid, int clause)
{
    ech_html_fill(grid->page->html, "<tr><th>{1}</th>",
                  ech_words_clause((enum ech_clause)clause, grid->page->lang), NULL);
    for (int level = grid->scenario->n_levels - 1; level >= 0; level--) {
        if (grid->has_any[level]) {
            add_cell(grid, &grid->level[level][clause]);
        }
    }
    add_cell(grid, &grid->county[clause]);
    ech_text_add(grid->page->html, "</tr>\n");
}

/* A line for each clause, a column for each level, the highest first. */
static void add_levels(const struct grid *grid)
{
    struct ech_text *html = grid->page->html;
    ech_html_fill(html, "<div class=\"scroll\"><table class=\"counts\">\n<thead><tr><th>{1}</th>",
                  ech_pick(grid->page->lang, "clause", "条款"), NULL);
    for (int level = grid->scenario->n_levels - 1; level >= 0; level--) {
        if (grid->has_any[level]) {
            ech_html_fill(html, "<th>{1}</th>",
                          grid->scenario->levels[level].title.text[grid->page->lang], NULL);
        }
    }
    ech_html_fill(html, "<th>{1}</th></tr></thead>\n<tbody>\n",
                  ech_pick(grid->page->lang, "all", "合计"), NULL);
    for (int i = 0; i < grid->n_clauses; i++) {
        add_clause(grid, grid->clauses[i]);
    }
    ech_text_add(html, "</tbody>\n</table></div>\n");
}

static enum ech_status add_unit(const struct grid *grid, int group, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    ech_html_fill(grid->page->html, "<tr><th>{1}</th>",
                  grid->scenario->groups[group].title.text[grid->page->lang], NULL);
    for (int i = 0; i < grid->n_clauses && status == ECH_OK; i++) {
        char name[MAX_NAME];
        double rate;
        snprintf(name, sizeof name, "rejections[%s]", ech_clause_names[grid->clauses[i]]);
        status = read_rate(grid, group, name, &rate, error);
        ech_html_fill(grid->page->html, "<td>{1}</td>", rate > 0 ? ech_number(rate, 1).s : "",
                      NULL);
    }
    ech_text_add(grid->page->html, "</tr>\n");
    return status;
}

/* A line for each unit, a column for each clause; folded. Only obstacles are not kept by unit. */
static enum ech_status add_units(const struct grid *grid, struct ech_error *error)
{
    struct ech_text *html = grid->page->html;
    enum ech_status status = ECH_OK;
    ech_html_fill(html,
                  "<details><summary>{1}</summary>\n<div class=\"scroll\">"
                  "<table class=\"counts\">\n<thead><tr><th></th>",
                  ech_pick(grid->page->lang,
                           "By unit of the post: all who failed the clause, a year",
                           "按出缺单位：每年因该条款被否决的全部人次"),
                  NULL);
    for (int i = 0; i < grid->n_clauses; i++) {
        ech_html_fill(html, "<th>{1}</th>",
                      ech_words_clause((enum ech_clause)grid->clauses[i], grid->page->lang), NULL);
    }
    ech_text_add(html, "</tr></thead>\n<tbody>\n");
    for (int g = 0; g < grid->scenario->n_groups && status == ECH_OK; g++) {
        if (grid->scenario->groups[g].kind == ECH_GROUP_UNIT) {
            status = add_unit(grid, g, error);
        }
    }
    ech_text_add(html, "</tbody>\n</table></div>\n</details>\n");
    return status;
}

static int n_units(const struct ech_result_scenario *scenario)
{
    int n = 0;
    for (int g = 0; g < scenario->n_groups; g++) {
        n += scenario->groups[g].kind == ECH_GROUP_UNIT;
    }
    return n;
}

static enum ech_status add_scenario(const struct ech_page *page, int s, struct ech_error *error)
{
    struct grid grid = {.page = page, .scenario = ech_results_scenario(page->results, s), .row = s};
    enum ech_status status = read_county(&grid, error);
    ech_html_fill(page->html, "<h3>{1}</h3>\n", ech_page_title(page, s), NULL);
    if (status == ECH_OK && grid.n_clauses == 0) {
        ech_html_fill(
            page->html, "<p>{1}</p>\n",
            ech_pick(page->lang, "No candidate was ever rejected.", "没有人选因资格条款被否决。"),
            NULL);
        return ECH_OK;
    }
    if (status == ECH_OK) {
        status = read_levels(&grid, error);
    }
    if (status == ECH_OK) {
        add_levels(&grid);
    }
    if (status == ECH_OK && n_units(grid.scenario) <= MOST_UNITS) {
        status = add_units(&grid, error);
    }
    return status;
}

enum ech_status ech_page_rejections(const struct ech_page *page, struct ech_error *error)
{
    const int scenarios[] = {page->policies->baseline, page->policies->closed};
    enum ech_status status = ECH_OK;
    ech_page_heading(page, "Why nobody could be found", "为何无人可用");
    ech_text_add(page->html, "<p>");
    ech_page_words(
        page,
        "Candidates who failed a clause of eligibility, a year, by level of the post; mean over "
        "the replications. Each is counted once for an opening, when first considered. In bold "
        "those for whom this clause was the only obstacle: relaxing it alone would have made them "
        "eligible.",
        "每年因资格条款被否决的人次，按职位层次；为各次重复的均值。每人每次出缺只在首次考虑时计一次"
        "。"
        "粗体为唯一障碍：仅放宽该条款即可符合资格。");
    ech_text_add(page->html, "</p>\n");
    for (int i = 0; i < 2 && status == ECH_OK; i++) {
        if (scenarios[i] == ECH_NONE) {
            continue;
        }
        if (ech_results_keeps_monthly(page->results, scenarios[i], 0, "rejections[age_limit]")) {
            status = add_scenario(page, scenarios[i], error);
        } else {
            ech_page_not_kept(page);
        }
    }
    return status;
}
