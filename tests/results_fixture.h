/* A small made-up county and made-up counters for the tests of results/ and experiments/: the
   numbers are uneven, differ by scenario and replication, and obey the identities of real ones
   (units sum to types, types to the county). */
#ifndef ECH_RESULTS_FIXTURE_H
#define ECH_RESULTS_FIXTURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/run.h"
#include "model/scenario.h"

enum { FIXTURE_TYPES = 3, FIXTURE_MAX_UNITS = 80, FIXTURE_SETTINGS = 4 };

/** A scenario with all that it points to. */
struct fixture {
    struct ech_scenario scenario;
    struct ech_county county;
    struct ech_level levels[3];
    struct ech_post_kind kinds[2];
    struct ech_unit_type types[FIXTURE_TYPES];
    struct ech_unit units[FIXTURE_MAX_UNITS];
    char unit_ids[FIXTURE_MAX_UNITS][24];
    struct ech_setting settings[FIXTURE_SETTINGS];
    struct ech_input_file file;
    struct ech_note note;
    char quota[24];
};

static inline void fixture_units(struct fixture *fixture, int n_units)
{
    for (int u = 0; u < n_units; u++) {
        snprintf(fixture->unit_ids[u], sizeof fixture->unit_ids[u], "unit_%02d", u + 1);
        fixture->units[u] = (struct ech_unit){
            .id = fixture->unit_ids[u],
            .title = {{"Unit", "单位"}},
            .type = u % FIXTURE_TYPES,
            .remoteness = u / 10.0,
            .n_posts = 5 + u % 2,
        };
    }
}

/** Fills *fixture; it must not move afterwards. `quota` is the setting that differs. */
static inline void fixture_make(struct fixture *fixture, const char *name, const char *extends,
                                int n_months, int n_units, int quota)
{
    *fixture = (struct fixture){
        .levels = {{"staff", {{"staff", "科员"}}},
                   {"deputy_section", {{"deputy section", "副科级"}}},
                   {"section", {{"section", "正科级"}}}},
        .kinds = {{.id = "head", .title = {{"Head", "行政正职"}}, .level = 2},
                  {.id = "deputy", .title = {{"Deputy", "副职"}}, .level = 1}},
        .types = {{.id = "township", .title = {{"townships", "乡镇"}}},
                  {.id = "subdistrict", .title = {{"subdistricts", "街道"}}},
                  {.id = "department", .title = {{"departments", "部门"}}}},
        .county = {.id = "uneven", .title = {{"Uneven county", "某县"}}, .n_units = n_units},
        .file = {"counties/uneven.yaml",
                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
        .note = {ECH_NOTE_ASSUMPTION, {{"Made up.", "虚构。"}}, "assumed"},
    };
    fixture_units(fixture, n_units);
    snprintf(fixture->quota, sizeof fixture->quota, "%d", quota);
    struct ech_setting settings[FIXTURE_SETTINGS] = {
        {"months", "", 0, "60", "", "counties/uneven.yaml", 3},
        {"hiring.quota", "", 0, fixture->quota, "data", "uneven/policy.yaml", 7},
        {"reserve.chief_ratio", "", 0, "2", "rule", "", 0},
        {"incentive.allowance", "township", 13, quota > 9 ? "800" : "0", "rule",
         "uneven/policy.yaml", 9},
    };
    memcpy(fixture->settings, settings, sizeof settings);
    fixture->scenario = (struct ech_scenario){
        .name = name,
        .extends = extends,
        .title = {{name, "方案"}},
        .note = {{"A \"quoted\", note", "说明"}},
        .start_month = 2019 * 12 + 7,
        .n_months = n_months,
        .n_levels = 3,
        .levels = fixture->levels,
        .n_kinds = 2,
        .kinds = fixture->kinds,
        .n_types = FIXTURE_TYPES,
        .types = fixture->types,
        .n_counties = 1,
        .counties = &fixture->county,
        .n_units = n_units,
        .units = fixture->units,
        .n_settings = FIXTURE_SETTINGS,
        .settings = fixture->settings,
        .n_files = 1,
        .files = &fixture->file,
        .n_notes = 1,
        .notes = &fixture->note,
    };
}

/** A hash that stands in for chance: the same for all calls with the same arguments. */
static inline uint64_t fixture_hash(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    uint64_t x = a * 0x9e3779b97f4a7c15u ^ b * 0xbf58476d1ce4e5b9u ^ c * 0x94d049bb133111ebu ^
                 d * 0xd6e8feb86659fd93u;
    x = (x ^ (x >> 31)) * 0xff51afd7ed558ccdu;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53u;
    return x ^ (x >> 29);
}

/** Memory for one replication's counters; free with fixture_output_free(). */
static inline struct ech_output fixture_output(const struct ech_scenario *scenario)
{
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    size_t months = (size_t)scenario->n_months + 1;
    size_t n = (size_t)layout.n;
    struct ech_output output = {
        calloc(months * (size_t)scenario->n_counties * n, sizeof(int64_t)),
        calloc(months * (size_t)scenario->n_types * n, sizeof(int64_t)),
        calloc(months * (size_t)scenario->n_units * (size_t)layout.n_unit, sizeof(int64_t)),
    };
    ECH_ASSERT(output.county && output.type && output.unit);
    return output;
}

static inline void fixture_output_free(struct ech_output *output)
{
    free(output->county);
    free(output->type);
    free(output->unit);
}

/* Stocks wander around a level of their slot; flows are mostly 0; a few slots are constant. */
static inline int64_t fixture_counter(const struct ech_scenario *scenario,
                                      const struct ech_layout *layout, int slot, int unit,
                                      int month, uint64_t run)
{
    int index = 0;
    int row = ech_layout_row(layout, slot, &index);
    const struct ech_measure_row *count = &ech_count_rows[row];
    uint64_t noise = fixture_hash(run, (uint64_t)slot, (uint64_t)unit, (uint64_t)(month / 5));
    if (row == ECH_M_posts_NONE) {
        return scenario->units[unit].n_posts;
    }
    if (row == ECH_M_reserve_needed_NONE) {
        return scenario->units[unit].n_posts + 3;
    }
    if (row == ECH_M_establishment_NONE) {
        return scenario->units[unit].n_posts + 4;
    }
    if (count->scale != 1) {
        return (int64_t)(noise % 4000003) - 1000001;
    }
    if (count->kind == ECH_KIND_SUM) {
        uint64_t draw = fixture_hash(run + 1, (uint64_t)slot, (uint64_t)unit, (uint64_t)month);
        return month > 0 && draw % 100 < 6 ? 1 + (int64_t)(draw >> 40) % 2 : 0;
    }
    uint64_t level = fixture_hash(7, (uint64_t)slot, 1, 1) % 6;
    level += row == ECH_M_heads_NONE ? 2 : 0; /* heads are never constant */
    return (int64_t)(level + noise % 3) * (level > 1);
}

/** Fills `output` for one replication of a scenario that is called `scenario->name`. */
static inline void fixture_fill(const struct ech_scenario *scenario, int replication,
                                const struct ech_output *output)
{
    struct ech_layout layout = ech_measure_layout(scenario->n_levels);
    int n = layout.n;
    uint64_t run =
        fixture_hash((uint64_t)replication, strlen(scenario->name), (uint64_t)scenario->name[0], 3);
    size_t months = (size_t)scenario->n_months + 1;
    memset(output->county, 0, months * (size_t)n * sizeof *output->county);
    memset(output->type, 0, months * (size_t)(n * scenario->n_types) * sizeof *output->type);
    for (int month = 0; month <= scenario->n_months; month++) {
        for (int u = 0; u < scenario->n_units; u++) {
            int type = month * scenario->n_types + scenario->units[u].type;
            for (int slot = 0; slot < n; slot++) {
                int64_t count = fixture_counter(scenario, &layout, slot, u, month, run);
                output->county[month * n + slot] += count;
                output->type[type * n + slot] += count;
                if (slot < layout.n_unit) {
                    output->unit[(month * scenario->n_units + u) * layout.n_unit + slot] = count;
                }
            }
        }
    }
}

#endif
