/* The table of team reviews (班子分析研判): each unit's leaders at the start and every five years. */
#include <stdlib.h>

#include "plots/html.h"
#include "plots/number.h"
#include "plots/report_page.h"
#include "plots/words.h"
#include "results/teams.h"

/* More scenarios, or larger counties, are left to the command that writes the table as CSV. */
enum { MOST_SCENARIOS = 4, MOST_UNITS = 150, YEARS_APART = 5, MONTHS_A_YEAR = 12 };

/* Heads of the columns, broken at blanks. */
static const char *const heads[][2] = {{"rank", "名次"},
                                       {"unit", "单位"},
                                       {"index, %", "指数%"},
                                       {"posts", "职数"},
                                       {"vacant", "空缺"},
                                       {"mean age", "平均年龄"},
                                       {"oldest", "最大"},
                                       {"youngest", "最小"},
                                       {"post-grad.", "研究生"},
                                       {"bachelor", "本科"},
                                       {"college", "大专"},
                                       {"under 3 y", "不满3年"},
                                       {"3 to 5 y", "3至5年"},
                                       {"over 5 y", "5年以上"},
                                       {"women", "女"},
                                       {"non-party", "党外"},
                                       {"gaps of any kind", "缺专业（任何）"},
                                       {"suggestion", "建议"}};
enum { N_HEADS = sizeof heads / sizeof *heads };

/* A table of one scenario: what its rows are written with. */
struct sheet {
    const struct ech_page *page;
    const struct ech_result_scenario *scenario;
    const struct ech_teams *teams;
    const int *months; /* [teams->n_dates] */
};

static void add_specialties(const struct ech_page *page, const struct ech_team *team)
{
    bool any = false;
    for (int s = 0; s < ECH_N_SPECIALTIES; s++) {
        if (ech_teams_lacks(team, (enum ech_specialty)s)) {
            ech_text_add(page->html, any ? ech_pick(page->lang, ", ", "、") : "");
            ech_page_words(page, ech_words_specialty((enum ech_specialty)s, ECH_LANG_EN),
                           ech_words_specialty((enum ech_specialty)s, ECH_LANG_ZH));
            any = true;
        }
    }
}

static void add_one_advice(const struct ech_page *page, const struct ech_team *team, int advice)
{
    static const char *const words[ECH_N_ADVICES][2] = {
        [ECH_DEMAND_POSTS] = {"fill {1}", "补配{1}人"},
        [ECH_DEMAND_WOMAN] = {"no woman", "无女干部"},
        [ECH_DEMAND_AGES] = {"fewer than three age bands", "年龄段不足三个"},
        [ECH_DEMAND_DEGREES] = {"fewer than half with a degree", "本科以上不足半数"},
        [ECH_DEMAND_SPECIALTIES] = {"lacks ", "缺专业："},
        [ECH_DEMAND_TENURE] = {"rotate {1} over ten years", "任职超10年者{1}人应交流"},
        [ECH_ADVICE_OLDEST] = {"oldest of its type", "同类中平均年龄最大"}};
    int n = advice == ECH_DEMAND_POSTS ? ech_teams_to_fill(team) : ech_teams_to_rotate(team);
    ech_html_fill(page->html, words[advice][page->lang], ech_number(n, 0).s, NULL);
    if (advice == ECH_DEMAND_SPECIALTIES) {
        add_specialties(page, team);
    }
}

static void add_advice(const struct ech_page *page, const struct ech_team *team)
{
    bool any = false;
    for (int advice = 0; advice < ECH_N_ADVICES; advice++) {
        if (ech_teams_advises(team, advice)) {
            ech_text_add(page->html, any ? ech_pick(page->lang, "; ", "；") : "");
            add_one_advice(page, team, advice);
            any = true;
        }
    }
}

static void add_number(const struct ech_page *page, double value, int decimals)
{
    ech_html_fill(page->html, "<td>{1}</td>", ech_number(value, decimals).s, NULL);
}

/* "3", or "3=" where others have the same rank. */
static void add_rank(const struct ech_page *page, const struct ech_team *team)
{
    ech_html_fill(page->html, "<tr><td>{1}{2}</td>",
                  team->rank > 0 ? ech_number(team->rank, 0).s : "–", team->n_equal > 1 ? "=" : "",
                  NULL);
}

static void add_team(const struct sheet *sheet, const struct ech_team *team)
{
    const struct ech_page *page = sheet->page;
    const double people[] = {team->education[ECH_EDU_POSTGRADUATE],
                             team->education[ECH_EDU_BACHELOR],
                             team->education[ECH_EDU_COLLEGE],
                             team->tenure[0],
                             team->tenure[1],
                             team->tenure[2],
                             team->women,
                             team->nonparty,
                             team->gaps};
    add_rank(page, team);
    ech_html_fill(page->html, "<th>{1}</th>",
                  sheet->scenario->groups[team->group].title.text[page->lang], NULL);
    add_number(page, 100 * team->index, 0);
    add_number(page, team->posts, 0);
    add_number(page, team->posts - team->leaders, 1);
    add_number(page, team->age_mean, 1);
    add_number(page, team->age_oldest, 0);
    add_number(page, team->age_youngest, 0);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        add_number(page, people[i], 1);
    }
    ech_text_add(page->html, "<td>");
    add_advice(page, team);
    ech_text_add(page->html, "</td></tr>\n");
}

/* The type as a line of its own, before its first team. */
static void add_type(const struct sheet *sheet, int type)
{
    if (type != ECH_NONE) {
        ech_html_fill(sheet->page->html,
                      "<tr class=\"reference\"><th colspan=\"{1}\">{2}</th></tr>\n",
                      ech_number(N_HEADS, 0).s,
                      sheet->scenario->groups[type].title.text[sheet->page->lang], NULL);
    }
}

static void add_rows(const struct sheet *sheet, int date)
{
    const struct ech_team *team = &sheet->teams->team[date * sheet->teams->n];
    int type = ECH_NONE;
    for (int i = 0; i < sheet->teams->n; i++) {
        if (!(team[i].posts > 0)) {
            continue;
        }
        if (team[i].type != type) {
            type = team[i].type;
            add_type(sheet, type);
        }
        add_team(sheet, &team[i]);
    }
}

/* How many teams have a suggestion: the line that stands while the table is folded. */
static void add_summary(const struct sheet *sheet, int date)
{
    const struct ech_page *page = sheet->page;
    const struct ech_team *team = &sheet->teams->team[date * sheet->teams->n];
    int n = 0, count[ECH_N_DEMANDS] = {0};
    for (int i = 0; i < sheet->teams->n; i++) {
        n += team[i].posts > 0;
        for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
            count[demand] += ech_teams_advises(&team[i], demand);
        }
    }
    ech_html_fill(
        page->html,
        ech_pick(page->lang,
                 "<summary>{1}: of {2} teams {3} have posts to fill, {4} usually no "
                 "woman, {5} too few degrees, {6} lack the same specialty in half of the "
                 "replications or more, {7} have leaders "
                 "over ten years in post</summary>\n",
                 "<summary>{1}：{2}个班子中，{3}个有职位待补，{4}个多无女干部，"
                 "{5}个本科以上不足半数，{6}个在半数以上重复中缺同一专业，{7}个有任职超10年者</"
                 "summary>\n"),
        ech_number_month(sheet->scenario->start_month + sheet->months[date]).s, ech_number(n, 0).s,
        ech_number(count[ECH_DEMAND_POSTS], 0).s, ech_number(count[ECH_DEMAND_WOMAN], 0).s,
        ech_number(count[ECH_DEMAND_DEGREES], 0).s, ech_number(count[ECH_DEMAND_SPECIALTIES], 0).s,
        ech_number(count[ECH_DEMAND_TENURE], 0).s, NULL);
}

static void add_table(const struct sheet *sheet, int date, bool open)
{
    struct ech_text *html = sheet->page->html;
    ech_text_add(html, open ? "<details open=\"open\">\n" : "<details>\n");
    add_summary(sheet, date);
    ech_text_add(html, "<div class=\"scroll\"><table class=\"teams\">\n<thead><tr>");
    for (int h = 0; h < N_HEADS; h++) {
        ech_html_fill(html, "<th>{1}</th>", heads[h][sheet->page->lang], NULL);
    }
    ech_text_add(html, "</tr></thead>\n<tbody>\n");
    add_rows(sheet, date);
    ech_text_add(html, "</tbody>\n</table></div>\n</details>\n");
}

/* The start, every five years, and the end. */
static int dates_of(const struct ech_result_scenario *scenario, int **months)
{
    int n = ech_teams_dates(scenario, months), kept = 0;
    for (int i = 0; *months && i < n; i++) {
        if ((*months)[i] % (YEARS_APART * MONTHS_A_YEAR) == 0 || i == n - 1) {
            (*months)[kept++] = (*months)[i];
        }
    }
    return kept;
}

static enum ech_status add_scenario(const struct ech_page *page, int s, bool open,
                                    struct ech_error *error)
{
    struct ech_teams teams = {0};
    int *months = NULL;
    struct sheet sheet = {page, ech_results_scenario(page->results, s), &teams, NULL};
    int n = dates_of(sheet.scenario, &months);
    enum ech_status status = months
                                 ? ech_teams_read(page->results, s, months, n, &teams, error)
                                 : ech_fail(error, ECH_ERR_MEMORY,
                                            (struct ech_facts){.what = ECH_BOTH("report", "报告")});
    sheet.months = months;
    if (status == ECH_OK) {
        ech_html_fill(page->html, "<h3>{1}</h3>\n", ech_page_title(page, s), NULL);
        for (int date = 0; date < n; date++) {
            add_table(&sheet, date, open && date == n - 1);
        }
    }
    free(months);
    ech_teams_free(&teams);
    return status;
}

/* What the columns are, and the rules as rules. */
static void add_introduction(const struct ech_page *page)
{
    ech_text_add(page->html, "<p>");
    ech_page_words(
        page,
        "What the leaders of each unit add up to; means over the replications. The index is the "
        "share of six demands on the structure of a team that are met, each counting the same: "
        "every post filled, a woman, three of six age bands, half with a bachelor's degree, no "
        "specialty gap, nobody over ten years in post. It says nothing of merit. Teams rank within "
        "their type, and only beyond two standard errors of a difference: “=” marks teams that are "
        "not clearly apart.",
        "各单位领导班子的构成，为各次重复的均值。指数是班子结构六项要求中达到的比例，各项等权：职数"
        "配齐、有女干部、六个年龄段中至少三个、半数以上本科、无专业缺口、无人任现职超过十年。"
        "指数不涉及能力和业绩。名次在同类单位内排列，相差超过两倍标准误才分先后，“="
        "”表示无明显差别。");
    ech_text_add(page->html, "</p>\n<p>");
    ech_page_words(
        page,
        "A suggestion is a rule, not a judgement on anybody: it names the demands that a team "
        "fails to meet in at least half of the replications (posts to fill and people to rotate: "
        "their mean, at least one), and the team of the "
        "highest mean age among three or more of its type. A specialty is named only if the same "
        "one "
        "is lacking in at least half of the replications; the column of gaps counts any.",
        "建议由规则得出，不是对任何人的评价：列出至少半数重复中未达到的要求（待补职位和应交流人数为"
        "均值，至少1人），以及同类（三个以上）中平均年龄最大的班子。专业只在至少半数重复中缺同一专"
        "业时列出；“缺专业（任何）”一栏则计任何专业。");
    ech_html_fill(page->html,
                  "</p>\n<p>{1} <code>echelon export FILE.db --table review -o "
                  "review.csv</code></p>\n",
                  ech_pick(page->lang, "All scenarios and years as a table for a spreadsheet:",
                           "全部情景、全部年份的表格："),
                  NULL);
}

static int n_units(const struct ech_page *page)
{
    const struct ech_result_scenario *scenario =
        ech_results_scenario(page->results, page->policies->baseline);
    int n = 0;
    for (int g = 0; g < scenario->n_groups; g++) {
        n += scenario->groups[g].kind == ECH_GROUP_UNIT;
    }
    return n;
}

/* The references, then the policy of each family that raises the index most. */
static enum ech_status choose(const struct ech_page *page, int *chosen, int *n,
                              struct ech_error *error)
{
    const int references[] = {page->policies->baseline, page->policies->closed};
    struct ech_effects effects = {0};
    enum ech_status status =
        ech_effects_measure(page->results, page->policies, "team_index", 1, &effects, error);
    *n = 0;
    for (int i = 0; i < 2; i++) {
        if (references[i] != ECH_NONE) {
            chosen[(*n)++] = references[i];
        }
    }
    for (int i = 0; i < 2 && status == ECH_OK; i++) {
        int n_family = 0;
        const struct ech_effect *best =
            references[i] == ECH_NONE ? NULL
                                      : ech_effects_family(&effects, references[i], &n_family);
        if (n_family > 0 && best->verdict == ECH_VERDICT_BETTER) {
            chosen[(*n)++] = best->scenario;
        }
    }
    ech_effects_free(&effects);
    return status;
}

static bool is_kept(const struct ech_page *page, const int *chosen, int n)
{
    for (int i = 0; i < n; i++) {
        if (!ech_results_keeps_monthly(page->results, chosen[i], 0, "team_index")) {
            return false;
        }
    }
    return true;
}

enum ech_status ech_page_teams(const struct ech_page *page, struct ech_error *error)
{
    int chosen[MOST_SCENARIOS], n;
    ech_page_heading(page, "Team review", "班子分析研判");
    add_introduction(page);
    enum ech_status status = choose(page, chosen, &n, error);
    if (status != ECH_OK) {
        return status;
    }
    if (!is_kept(page, chosen, n)) {
        ech_page_not_kept(page);
        return ECH_OK;
    }
    if (n_units(page) > MOST_UNITS) {
        ech_html_fill(page->html, "<p class=\"warning\">{1}</p>\n",
                      ech_pick(page->lang, "Too many units for a table on this page.",
                               "单位过多，本页不列表。"),
                      NULL);
        return ECH_OK;
    }
    for (int i = 0; i < n && status == ECH_OK; i++) {
        status = add_scenario(page, chosen[i], i == 0, error);
    }
    return status;
}
