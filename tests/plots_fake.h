/* A results file that is not there: the reader of results/results.h with made-up, plausible numbers,
   so that pictures and pages can be tried on shapes that a real run seldom takes (one replication, no
   years, constant or undefined values). Only for the tests of plots; included by one file each. */
#ifndef ECH_PLOTS_FAKE_H
#define ECH_PLOTS_FAKE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/results.h"

/* The usual number of scenarios, and more than have a panel each: those added change nothing. */
enum { FAKE_MAX_SCENARIOS = 17, FAKE_MANY_SCENARIOS = 24 };
enum { FAKE_N_UNITS = 71, FAKE_MAX_REPLICATIONS = 200 };

struct ech_results {
    int n_scenarios;
    int n_replications;
    int n_years;
    bool constant;     /* every replication alike */
    bool undefined;    /* one unit and one year without values */
    bool hostile;      /* titles with quotes, tags and control characters */
    double effect;     /* strength of the policies; 0: none makes a difference */
    double n_posts;    /* 0: as usual; below 0: none */
    bool monthly;      /* months are kept */
    int no_terms;      /* 1: no change of terms; 2: one that nobody notices */
    double best_costs; /* yuan a year that the package adds */
    bool halves_rule;  /* the package asks for half as many people on the lists */
    double early_loss; /* posts that the second scenario leaves vacant in year 3 */
    int years_of_need; /* posts lack people only after this year; 0: as usual */
    double
        window_performs; /* standard deviations by which the exam window's leaders perform better */
    double package_hurts; /* and by which the package's perform worse; ten times as many leave */
};

static struct ech_results fake = {.n_scenarios = FAKE_MAX_SCENARIOS,
                                  .n_replications = FAKE_MAX_REPLICATIONS,
                                  .n_years = 15,
                                  .effect = 1};

static const struct {
    const char *name, *extends, *en, *zh;
    double reserve, vacancy; /* effects */
} fake_policies[FAKE_MANY_SCENARIOS] = {
    {"baseline", "", "Nothing changes", "维持现状", 0, 0},
    {"bond", "baseline", "Eight years of service, strictly kept", "服务期八年并从严执行", 0.012,
     -0.0006},
    {"exam_window", "baseline", "Another exam window in 2021", "2021年再次外地招考", 0, 0},
    {"forty_places", "baseline", "Forty more places in the townships", "乡镇增加40个编制", 0.031,
     -0.0004},
    {"forty_places_quota", "forty_places", "Forty more places with recruits of their own",
     "增加40个编制并配套招录计划", 0.042, -0.0003},
    {"no_transfers", "baseline", "Nobody is transferred in", "无调入", -0.18, 0.05},
    {"no_transfers_bond", "no_transfers", "Nobody transferred in, eight years of service",
     "无调入，服务期八年", -0.15, 0.044},
    {"no_transfers_forty_places", "no_transfers", "Nobody transferred in, forty more places",
     "无调入，乡镇增加40个编制", -0.18, 0.0502},
    {"no_transfers_recruit_to_gap", "no_transfers", "Nobody transferred in, recruit to the gap",
     "无调入，按缺编数足额招录", -0.05, 0.012},
    {"old_retirement", "baseline", "The old retirement ages", "沿用原退休年龄", -0.01, 0.0021},
    {"package", "forty_places_quota", "Package: places with recruits, bond, allowance",
     "综合方案：增编配套招录、服务期、津贴", 0.047, -0.001},
    {"recruit_to_gap", "baseline", "Recruit to the gap", "按缺编数足额招录", -0.004, 0.0001},
    {"remote_allowance", "baseline", "Allowance for remote townships", "偏远乡镇津贴", 0.002,
     -0.0001},
    {"reserve_enforced", "baseline", "Promotion only from the reserve lists",
     "提拔必须出自后备名单", 0.005, 0.009},
    {"rotation_5y", "baseline", "Rotation after five years", "任职五年即交流", 0.0001, 0.0001},
    {"stepdown_52", "baseline", "Step-down at 52", "52岁退出领导岗位", -0.05, 0.006},
    {"women_nonparty_first", "baseline", "Women and non-party people first at equal merit",
     "同等条件下女干部、党外干部优先", 0, 0},
    {"x1", "baseline", "First without effect", "无影响之一", 0, 0},
    {"x2", "baseline", "Second without effect", "无影响之二", 0, 0},
    {"x3", "baseline", "Third without effect", "无影响之三", 0, 0},
    {"x4", "baseline", "Fourth without effect", "无影响之四", 0, 0},
    {"x5", "baseline", "Fifth without effect", "无影响之五", 0, 0},
    {"x6", "baseline", "Sixth without effect", "无影响之六", 0, 0},
    {"x7", "baseline", "Seventh without effect", "无影响之七", 0, 0}};

/* A number in (-1, 1) from a few whole numbers, about normal with sd 0.4. */
static double fake_noise(unsigned a, unsigned b, unsigned c)
{
    unsigned h = a * 2654435761u ^ b * 2246822519u ^ c * 3266489917u;
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        h ^= h >> 15, h *= 2246822519u, h ^= h >> 13, h *= 3266489917u, h ^= h >> 16;
        sum += (h & 0xFFFF) / 65535.0 - 0.5;
    }
    return fake.constant ? 0 : sum / 1.6;
}

static double fake_grow(int y, int from, double slope)
{
    return y > from ? (y - from) * slope : 0;
}

static bool fake_is_closed(int s)
{
    return strncmp(fake_policies[s].name, "no_transfers", 12) == 0;
}

static double fake_vacant(int s, int part, int r, int y)
{
    if (fake.n_posts != 0) { /* a small county: half of what is vacant lacks somebody */
        return fake.n_posts < 0 || part == 2 ? 0 : 0.3;
    }
    double luck = fake_noise((unsigned)r, (unsigned)y, 17);
    double policy = fake.effect * fake_policies[s].vacancy * 418;
    if (part == 0) {
        double own =
            fake.effect * (s > 0) * fake_noise((unsigned)r, (unsigned)y, 200u + (unsigned)s);
        own += s == 1 && y == 3 ? fake.early_loss : 0;
        return 8.3 + 2.2 * luck + own + fake_grow(y, 4, 0.05) +
               (fake_is_closed(s) ? 0 : policy / 2);
    }
    if (fake.years_of_need > y) {
        return 0;
    }
    double rest = fake_is_closed(s) ? fake_grow(y, 6, 1 + policy / 4) * (1 + luck / 4) : 0;
    rest += fake_is_closed(s) ? 0 : fmax(policy / 2, 0) + 0.02 * (1 + luck);
    return fmax(part == 1 ? rest * 0.8 : rest * 0.2, 0);
}

static double fake_reserve(int s, int class, int r, int y)
{
    double luck = fake_noise((unsigned)r, (unsigned)y, 23);
    double base = class == 0 ? 71 - fake_grow(y, 1, 0.9) : 241 + fake_grow(y, 3, 1.1);
    double policy = fake.effect * fake_policies[s].reserve * (y > 2 ? 1 : 0.2 * y);
    luck += fake.effect * (s > 0) * fake_noise((unsigned)r, (unsigned)y, 300u + (unsigned)s);
    return base + (class == 0 ? 6 : 9) * luck + policy * (class == 0 ? 176 : 330);
}

static double fake_exits(int cause, int r, int y)
{
    static const double rates[ECH_N_CAUSES] = {12, 1.3, 1, 6, 4, 0, 0.4, 0};
    if (y == 0 || rates[cause] == 0) {
        return 0;
    }
    double wave = cause == 0 ? 1 + 0.5 * sin(y / 2.5) : 1;
    return fmax(
        rates[cause] * wave + 3 * fake_noise((unsigned)r, (unsigned)y, 31u + (unsigned)cause), 0);
}

static double fake_leaders(int s, int band, bool women, int r, int y)
{
    static const double start[ECH_N_AGE_BANDS] = {25, 64, 91, 111, 92, 35};
    static const double late[ECH_N_AGE_BANDS] = {31, 58, 74, 83, 99, 66};
    double share = y / 15.0;
    double people = start[band] + (late[band] - start[band]) * share;
    people += 7 * fake_noise((unsigned)r, (unsigned)y, 41u + (unsigned)band) * (y > 0);
    people *= fake_is_closed(s) ? 0.95 : 1;
    return fmax(people * (women ? 0.3 - 0.02 * band : 1), 0);
}

/* A change of terms in the townships (group 3) in months 22, 82, ...: many take a post then. */
static double fake_month(int s, int group, const char *measure, int month)
{
    bool change = group == 3 && fake.no_terms != 1 && month % 60 == 22;
    if (strcmp(measure, "terms_ended") == 0) {
        return change ? 90 : 0;
    }
    if (strcmp(measure, "posts") == 0) {
        return 9;
    }
    double luck = fake_noise((unsigned)s, (unsigned)month, 51u + (unsigned)group);
    return month == 0 ? 0 : fmax(2 + luck, 0) + (change && fake.no_terms == 0 ? 33 + 4 * luck : 0);
}

static double fake_months_of_year(int s, int group, const char *measure, int y)
{
    double sum = 0;
    for (int m = 12 * y - 11; m <= 12 * y && y > 0; m++) {
        sum += fake_month(s, group, measure, m);
    }
    return sum;
}

static int fake_index(const char *measure, const char *const *names, int n)
{
    const char *open = strchr(measure, '[');
    for (int i = 0; open && i < n; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(open + 1, names[i], length) == 0 && open[1 + length] == ']') {
            return i;
        }
    }
    return -1;
}

static double fake_sum_vacant(int s, int r, int y)
{
    return fake_vacant(s, 0, r, y) + fake_vacant(s, 1, r, y) + fake_vacant(s, 2, r, y);
}

static double fake_unit_rate(int s, int unit, int r, int y)
{
    if (fake.undefined && (unit == 3 || y == 7)) {
        return NAN;
    }
    double remote = unit < 10 ? 1 + unit * 0.12 : 0.9;
    double luck = fake_noise((unsigned)r, (unsigned)y, 100u + (unsigned)unit);
    return fmax(fake_sum_vacant(s, r, y) / 418 * remote + 0.02 * luck, 0);
}

/* "rejections_only[age_limit/level:section]": of every clause some are rejected, of a third of the
   clauses nobody. */
static double fake_rejections(const char *measure, int r, int y)
{
    const char *open = strchr(measure, '[');
    bool only = strncmp(measure, "rejections_only", 15) == 0;
    for (int c = 0; open && c < ECH_N_CLAUSES; c++) {
        size_t length = strlen(ech_clause_names[c]);
        if (strncmp(open + 1, ech_clause_names[c], length) == 0 && open[1 + length] == '/') {
            double level = strstr(measure, "deputy_section]") ? 40 : 17;
            double luck = 1 + fake_noise((unsigned)r, (unsigned)y, 500u + (unsigned)c) / 3;
            return y == 0 || c % 3 == 2 ? 0 : level * (c + 1) * luck * (only ? 0.2 : 1);
        }
    }
    return 0;
}

static double fake_county(int s, const char *measure, int r, int y)
{
    int band = fake_index(measure, ech_age_band_names, ECH_N_AGE_BANDS);
    int part = fake_index(measure, ech_vacancy_names, ECH_N_VACANCIES);
    int cause = fake_index(measure, ech_cause_names, ECH_N_CAUSES);
    int class = fake_index(measure, ech_class_names, ECH_N_CLASSES);
    double rule = fake.halves_rule && s == 10 ? 0.5 : 1;
    double all = 0;
    if (strncmp(measure, "establishment_vacancy_rate[", 27) == 0) {
        int third = fake_index(measure, ech_remoteness_names, ECH_N_REMOTENESS);
        return 0.03 + fake.effect * 0.004 * third + fake_noise((unsigned)r, (unsigned)y, 83) / 200;
    }
    if (strncmp(measure, "rejections", 10) == 0) {
        return fake_rejections(measure, r, y);
    }
    if (band >= 0) {
        return fake_leaders(s, band, strncmp(measure, "leaders_age_women", 17) == 0, r, y);
    }
    if (part >= 0) {
        return fake_vacant(s, part, r, y);
    }
    if (cause >= 0) {
        return fake_exits(cause, r, y);
    }
    if (strcmp(measure, "exits") == 0) {
        for (int c = 0; c < ECH_N_CAUSES; c++) {
            all += fake_exits(c, r, y);
        }
        return all;
    }
    if (strncmp(measure, "reserve_needed", 14) == 0) {
        return fake.n_posts < 0 ? 0 : rule * (class == 0 ? 176 : class == 1 ? 330 : 506);
    }
    double listed = fake_reserve(s, 0, r, y) + fake_reserve(s, 1, r, y);
    if (strncmp(measure, "reserve_ratio", 13) == 0) {
        return listed / (rule * 506);
    }
    if (strncmp(measure, "reserve", 7) == 0) {
        return class >= 0 ? fake_reserve(s, class, r, y) : listed;
    }
    if (strcmp(measure, "posts") == 0) {
        return fake.n_posts < 0 ? 0 : fake.n_posts > 0 ? fake.n_posts : 418;
    }
    if (strcmp(measure, "posts_vacant") == 0) {
        return fake_sum_vacant(s, r, y);
    }
    if (strcmp(measure, "post_vacancy_rate") == 0) {
        return fake.undefined && y == 7 ? NAN : fake_sum_vacant(s, r, y) / 418;
    }
    if (strcmp(measure, "leaders_long_share") == 0) {
        return fmin(0.02 * y, 0.3) * (1 + fake_noise((unsigned)r, (unsigned)y, 61) / 9);
    }
    if (strcmp(measure, "leaders_short_share") == 0) {
        return fake.undefined && y == 7 ? NAN : 0.2 + fake_noise((unsigned)r, (unsigned)y, 71) / 9;
    }
    if (strcmp(measure, "heads") == 0) {
        return fake_is_closed(s) ? 603 - 9 * y : 600 + 3 * fake_noise((unsigned)r, (unsigned)y, 7);
    }
    if (strcmp(measure, "exits_leaders_chosen") == 0) {
        double more = s == 10 ? 10 * fake.package_hurts : 0;
        return (s == 12 ? 4 : 6) + more + fake_noise((unsigned)r, (unsigned)y, 83) / 9;
    }
    if (strcmp(measure, "wants_to_leave") == 0) {
        return (s == 1 ? 0.137 : 0.185) + fake_noise((unsigned)r, (unsigned)y, 97) / 99;
    }
    if (strcmp(measure, "performance_mean") == 0) {
        return s == 12 ? -0.142 : s == 10 ? -fake.package_hurts : s == 2 ? fake.window_performs : 0;
    }
    if (strcmp(measure, "cost_total") == 0) {
        return s == 12                                         ? 972000
               : strcmp(fake_policies[s].name, "package") == 0 ? fake.best_costs
                                                               : 0;
    }
    return 0;
}

static struct ech_group fake_groups[1 + 3 + FAKE_N_UNITS];
static char fake_unit_words[FAKE_N_UNITS][3][48];

static void fake_make_groups(void)
{
    static const struct ech_group heads[] = {
        {ECH_GROUP_COUNTY, "nanpiao", {{"Nanpiao district", "南票区"}}, "", 0},
        {ECH_GROUP_TYPE, "department", {{"departments", "区直部门"}}, "", 0},
        {ECH_GROUP_TYPE, "subdistrict", {{"subdistricts", "街道"}}, "", 0},
        {ECH_GROUP_TYPE, "township", {{"townships", "乡镇"}}, "", 0}};
    memcpy(fake_groups, heads, sizeof heads);
    for (int u = 0; u < FAKE_N_UNITS; u++) {
        const char *type = u < 10 ? "township" : u < 17 ? "subdistrict" : "department";
        int number = u < 10 ? u + 1 : u < 17 ? u - 9 : u - 16;
        snprintf(fake_unit_words[u][0], 48, "%s_%02d", type, number);
        snprintf(fake_unit_words[u][1], 48, "%c%s %d", type[0] - 32, type + 1, number);
        snprintf(fake_unit_words[u][2], 48, "%s%d",
                 u < 10   ? "乡镇"
                 : u < 17 ? "街道"
                          : "部门",
                 number);
        fake_groups[4 + u] = (struct ech_group){ECH_GROUP_UNIT,
                                                fake_unit_words[u][0],
                                                {{fake_unit_words[u][1], fake_unit_words[u][2]}},
                                                type,
                                                u < 10 ? 0.1 * (u + 1) : 0};
    }
}

static const struct ech_level fake_levels[] = {
    {"staff", {{"Staff", "科员"}}},
    {"deputy_section", {{"Deputy section level", "副科级"}}},
    {"section", {{"Section level", "正科级"}}}};

static const struct ech_result_kind fake_kinds[] = {{"township_head", {{"Township head", "镇长"}}}};

static const struct ech_setting fake_settings[] = {
    {"procedure.months", "", 0, "2", "assumed", "", 0},
    {"entry.transfer_in", "", 0, "1", "assumed", "", 0},
    {"reserve.within", "", 0, "24", "assumed", "", 0},
    {"reserve.use", "", 0, "preferred", "assumed", "", 0},
    {"hiring.quota", "", 0, "9.4", "data", "baseline.yaml", 7},
    {"exit.upward.rate", "", 0, "0.00995", "fitted", "", 0},
    {"exit.outward.rate", "", 0, "0.00663", "fitted", "", 0},
    {"bond.enforcement", "", 0, "0.3", "assumed", "", 0},
    {"eligibility.max_age", "", 0, "50", "assumed", "", 0},
    {"eligibility.min_level_time", "deputy_section", 0, "48", "rule", "baseline.yaml", 9}};
static const struct ech_setting fake_settings_closed[] = {
    {"procedure.months", "", 0, "2", "assumed", "", 0},
    {"entry.transfer_in", "", 0, "0", "assumed", "no_transfers.yaml", 11},
    {"hiring.quota", "", 0, "off", "data", "recruit_to_gap.yaml", 8},
    {"hiring.quota", "", 61, "17.4", "data", "forty_places_quota.yaml", 13},
    {"incentive.allowance", "township_10", 0, "1000", "assumed", "remote_allowance.yaml", 19},
    {"eligibility.min_level_time", "township_head", 0, "36", "rule", "heads.yaml", 5},
    {"events[2021-05 exam_window].share", "", 21, "0.3", "", "exam_window.yaml", 8}};

static const struct ech_note fake_notes[] = {
    {ECH_NOTE_CONTRADICTION,
     {{"The printed age bands sum to 393 of 418 leaders.",
       "公布的年龄段合计393人，而领导干部共418人。"}},
     "district.csv: age_le_35"},
    {ECH_NOTE_ASSUMPTION,
     {{"Townships are numbered by an assumed remoteness.", "乡镇按假定的偏远度编号。"}},
     "assumed"}};

static const struct ech_input_file fake_files[] = {
    {"baseline.yaml", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    {"../counties/nanpiao_2019.yaml",
     "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}};

static struct ech_manifest fake_manifest;
static struct ech_result_scenario fake_scenarios[FAKE_MANY_SCENARIOS];
static int fake_numbers[FAKE_MAX_REPLICATIONS];

enum ech_status ech_results_open(const char *path, struct ech_results **results,
                                 struct ech_error *error)
{
    (void)path, (void)error;
    *results = &fake;
    return ECH_OK;
}

void ech_results_close(struct ech_results *results)
{
    (void)results;
}

const struct ech_manifest *ech_results_manifest(const struct ech_results *results)
{
    fake_manifest = (struct ech_manifest){"0.1.0", "cc 12.2.0", 1,         results->n_replications,
                                          true,    2,           fake_files};
    return &fake_manifest;
}

int ech_results_n_scenarios(const struct ech_results *results)
{
    return results->n_scenarios;
}

const struct ech_result_scenario *ech_results_scenario(const struct ech_results *results, int s)
{
    struct ech_result_scenario *scenario = &fake_scenarios[s];
    bool closed = fake_is_closed(s) || s == 4 || s == 12;
    fake_make_groups();
    *scenario = (struct ech_result_scenario){
        .name = fake_policies[s].name,
        .extends = fake_policies[s].extends,
        .title = {{fake_policies[s].en, fake_policies[s].zh}},
        .note = {{"A note on what it does.", "对该情景的说明。"}},
        .start_month = 2019 * 12 + 7,
        .n_months = results->n_years * 12,
        .n_replications_done = results->n_replications,
        .n_settings = closed ? (int)(sizeof fake_settings_closed / sizeof *fake_settings_closed)
                             : (int)(sizeof fake_settings / sizeof *fake_settings),
        .settings = closed ? fake_settings_closed : fake_settings,
        .n_groups = 1 + 3 + FAKE_N_UNITS,
        .groups = fake_groups,
        .n_levels = 3,
        .levels = fake_levels,
        .n_kinds = 1,
        .kinds = fake_kinds,
        .n_notes = 2,
        .notes = fake_notes};
    if (results->hostile) {
        scenario->title.text[0] = "It's <b>\"odd\"</b> & \n`date` $(x) {1} %s é";
        scenario->title.text[1] = "奇怪的'标题'<script>\x01&“引号”";
    }
    scenario->label = scenario->title;
    return scenario;
}

void ech_results_range_done(const struct ech_results *results, int *fewest, int *most)
{
    *fewest = *most = results->n_replications;
}

int ech_results_find_scenario(const struct ech_results *results, const char *name)
{
    for (int s = 0; s < results->n_scenarios; s++) {
        if (strcmp(fake_policies[s].name, name) == 0) {
            return s;
        }
    }
    return ECH_NONE;
}

int ech_results_find_group(const struct ech_results *results, int s, const char *id)
{
    (void)results, (void)s;
    for (int g = 0; g < 4 + FAKE_N_UNITS; g++) {
        if (strcmp(fake_groups[g].id, id) == 0) {
            return g;
        }
    }
    return ECH_NONE;
}

enum ech_status ech_results_baseline(const struct ech_results *results, const char *name,
                                     int *scenario, struct ech_error *error)
{
    (void)error;
    *scenario = ech_results_find_scenario(results, name ? name : "baseline");
    return ECH_OK;
}

enum ech_status ech_results_yearly(const struct ech_results *results, int s, int group,
                                   const char *measure, double **values, int *n_replications,
                                   int *n_years, struct ech_error *error)
{
    (void)error;
    *n_replications = results->n_replications;
    *n_years = results->n_years;
    size_t width = (size_t)*n_years + 1;
    *values = malloc((size_t)*n_replications * width * sizeof **values);
    for (int r = 0; r < *n_replications; r++) {
        for (int y = 0; y <= *n_years; y++) {
            bool moves = strcmp(measure, "postings") == 0 || strcmp(measure, "terms_ended") == 0;
            double value = moves        ? fake_months_of_year(s, group, measure, y)
                           : group >= 4 ? fake_unit_rate(s, group - 4, r, y)
                                        : fake_county(s, measure, r, y);
            (*values)[(size_t)r * width + (size_t)y] = value;
        }
    }
    return ECH_OK;
}

enum ech_status ech_results_monthly(const struct ech_results *results, int s, int group,
                                    const char *measure, double **mean, double **sd, int **n,
                                    struct ech_error *error)
{
    if (!results->monthly) {
        return ech_fail(error, ECH_ERR_NOT_KEPT, (struct ech_facts){.what = measure});
    }
    size_t size = (size_t)results->n_years * 12 + 1;
    *mean = malloc(size * sizeof **mean);
    *sd = malloc(size * sizeof **sd);
    *n = malloc(size * sizeof **n);
    for (int m = 0; m < (int)size; m++) {
        (*mean)[m] = fake_month(s, group, measure, m);
        (*sd)[m] = results->n_replications > 1 ? 1.3 : NAN;
        (*n)[m] = results->n_replications;
    }
    return ECH_OK;
}

bool ech_results_keeps_yearly(const struct ech_results *results, int s, int group,
                              const char *measure)
{
    (void)results, (void)s, (void)group, (void)measure;
    return true;
}

bool ech_results_keeps_monthly(const struct ech_results *results, int s, int group,
                               const char *measure)
{
    (void)s, (void)group, (void)measure;
    return results->monthly;
}

const int *ech_results_replications(const struct ech_results *results, int s)
{
    (void)s;
    for (int r = 0; r < results->n_replications; r++) {
        fake_numbers[r] = r + 1;
    }
    return fake_numbers;
}

#endif
