/* echelon check: validates scenarios; accepts and refuses the same files as `run`. */
#include <stdio.h>

#include "cli/commands.h"
#include "cli/scenarios.h"
#include "results/export.h"

static void put_month(const struct ech_scenario *scenario, int month)
{
    char date[16];
    ech_export_date(scenario->start_month + month, date, sizeof date);
    fputs(date, stdout);
}

static int n_own_settings(const struct ech_scenario *scenario)
{
    int n = 0;
    for (int i = 0; i < scenario->n_settings; i++) {
        n += scenario->settings[i].file[0] != '\0';
    }
    return n;
}

static int n_people(const struct ech_scenario *scenario)
{
    int n = scenario->n_people;
    for (int i = 0; i < scenario->n_blocks; i++) {
        n += scenario->blocks[i].count;
    }
    return n;
}

/* ", 1 unit", ", 71 units" */
static void put_count(int n, const char *one, const char *many, const char *zh, enum ech_lang lang)
{
    if (lang == ECH_LANG_ZH) {
        printf("，%d %s", n, zh);
    } else {
        printf(", %d %s", n, n == 1 ? one : many);
    }
}

static void put_scenario(const struct ech_scenario *scenario, enum ech_lang lang)
{
    printf("%s: ", scenario->name);
    put_month(scenario, 0);
    printf(lang == ECH_LANG_ZH ? " 至 " : " to ");
    put_month(scenario, scenario->n_months);
    put_count(scenario->n_units, "unit", "units", "个单位", lang);
    put_count(scenario->n_posts, "post", "posts", "个领导职位", lang);
    put_count(n_people(scenario), "person", "people", "人", lang);
    put_count(n_own_settings(scenario), "setting", "settings", "项设置", lang);
    putchar('\n');
}

enum ech_status ech_command_check(const struct ech_call *call, struct ech_error *error)
{
    struct ech_scenarios scenarios = {0};
    enum ech_status status =
        ech_scenarios_load(call->operands, call->n_operands, 1, &scenarios, error);
    for (int i = 0; i < scenarios.n; i++) {
        put_scenario(&scenarios.scenario[i], call->lang);
        if (!call->given[ECH_OPT_QUIET]) {
            ech_scenario_put_remarks(&scenarios.scenario[i], call->lang);
        }
    }
    ech_scenarios_free(&scenarios);
    return status;
}
