#include "input/keys.h"

#include <stddef.h>

#include "model/types.h"

static const char *const note_kinds[] = {"assumption", "contradiction"};
static const char *const event_kinds[] = {"exam_window"};
static const char *const event_causes[] = {"upward", "outward"};
static const char *const fills[] = {"posts", "staff", "free"};
static const char *const wholes[] = {"level", "unit"};

enum { MOST = 20000000, MOST_UNITS = 1000000, LONGEST = 720 };

#define ID(name, must) .key = name, .form = ECH_FORM_ID, .required = must
#define TEXT(name, must) .key = name, .form = ECH_FORM_TEXT, .required = must
#define WORDS(name) .key = name, .form = ECH_FORM_WORDS
#define FLAG(name) .key = name, .form = ECH_FORM_FLAG
#define WHOLE(name, from, to) .key = name, .form = ECH_FORM_WHOLE, .range = {from, to, NULL}
#define MONTHS(name) .key = name, .form = ECH_FORM_MONTHS, .range = {0, LONGEST, "months"}
#define NUMBER(name, from, to) .key = name, .form = ECH_FORM_NUMBER, .range = {from, to, NULL}
#define DATE(name, must) .key = name, .form = ECH_FORM_DATE, .required = must
#define CHOICE(name, list, n, must)                                                                \
    .key = name, .form = ECH_FORM_CHOICE, .words = list, .n_words = n, .required = must
#define MAP(name, fields) .key = name, .form = ECH_FORM_MAP, .of = fields
#define LIST(name, fields) .key = name, .form = ECH_FORM_LIST, .of = fields
#define OTHER(name, FORM) .key = name, .form = ECH_FORM_##FORM
#define END .key = NULL

static const struct ech_field county_fields[] = {{ID("id", true)}, {WORDS("title")}, {END}};
static const struct ech_field mortality_fields[] = {
    {TEXT("file", true)}, {TEXT("table", true)}, {END}};
static const struct ech_field table_fields[] = {{TEXT("retirement", false)},
                                                {MAP("mortality", mortality_fields)},
                                                {TEXT("grades", false)},
                                                {END}};
static const struct ech_field level_fields[] = {{ID("id", true)}, {WORDS("title")}, {END}};
static const struct ech_field kind_fields[] = {{ID("id", true)},
                                               {WORDS("title")},
                                               {ID("level", false)},
                                               {CHOICE("role", ech_role_names, ECH_N_ROLES, false)},
                                               {FLAG("elected")},
                                               {FLAG("term_bound")},
                                               {END}};
static const struct ech_field specialty_fields[] = {{FLAG("finance")},     {FLAG("audit")},
                                                    {FLAG("engineering")}, {FLAG("law")},
                                                    {FLAG("agriculture")}, {END}};
static const struct ech_field unit_fields[] = {
    {ID("id", true)},
    {WORDS("title")},
    {WHOLE("count", 1, MOST_UNITS)},
    {WHOLE("first", 0, MOST_UNITS)},
    {ID("county", false)},
    {ID("type", false)},
    {FLAG("free")},
    {.key = "remoteness", .form = ECH_FORM_SPREAD, .range = {0, 1, NULL}},
    {.key = "development", .form = ECH_FORM_SPREAD, .range = {0, 1, NULL}},
    {NUMBER("workload", 0, 100)},
    {NUMBER("accountability", 0, 100)},
    {MAP("specialties", specialty_fields)},
    {.key = "establishment", .form = ECH_FORM_TRACKS, .range = {0, MOST, "places"}},
    {.key = "posts", .form = ECH_FORM_COUNTS, .range = {0, MOST, "posts"}},
    {END}};
static const struct ech_field type_fields[] = {
    {ID("id", true)},
    {WORDS("title")},
    {FLAG("base_level")}, /* what follows holds for its units unless they say otherwise */
    {FLAG("free")},
    {NUMBER("remoteness", 0, 1)},
    {NUMBER("development", 0, 1)},
    {NUMBER("workload", 0, 100)},
    {NUMBER("accountability", 0, 100)},
    {MAP("specialties", specialty_fields)},
    {.key = "establishment", .form = ECH_FORM_TRACKS, .range = {0, MOST, "places"}},
    {.key = "posts", .form = ECH_FORM_COUNTS, .range = {0, MOST, "posts"}},
    {END}};
static const struct ech_field span_fields[] = {{MONTHS("from")}, {MONTHS("to")}, {END}};
static const struct ech_field education_fields[] = {{WHOLE("other", 0, MOST)},
                                                    {WHOLE("college", 0, MOST)},
                                                    {WHOLE("bachelor", 0, MOST)},
                                                    {WHOLE("postgraduate", 0, MOST)},
                                                    {END}};
static const struct ech_field block_fields[] = {
    {ID("id", true)},
    {CHOICE("fill", fills, 3, false)},
    {CHOICE("track", ech_track_names, ECH_N_TRACKS, false)},
    {ID("type", false)},
    {ID("county", false)},
    {ID("level", false)},
    {WHOLE("count", 0, MOST)},
    {OTHER("ages", BANDS)},
    {FLAG("age_at_entry")},
    {MAP("service", span_fields)},
    {MAP("level_time", span_fields)},
    {MAP("post_time", span_fields)},
    {WHOLE("women", 0, MOST)},
    {WHOLE("non_party", 0, MOST)},
    {WHOLE("outsiders", 0, MOST)},
    {MAP("education", education_fields)},
    {MAP("fulltime", education_fields)},
    {MONTHS("bond")},
    {END}};
static const struct ech_field limit_fields[] = {
    {ID("id", true)},
    {ID("county", false)},
    {CHOICE("track", ech_track_names, ECH_N_TRACKS, false)},
    {OTHER("ages", AGES)},
    {WHOLE("at_most", 0, MOST)},
    {END}};
static const struct ech_field initial_fields[] = {
    {TEXT("people", false)}, {LIST("blocks", block_fields)}, {LIST("limits", limit_fields)}, {END}};
static const struct ech_field note_fields[] = {
    {CHOICE("kind", note_kinds, 2, true)},
    {TEXT("source", false)},
    {.key = "text", .form = ECH_FORM_WORDS, .required = true},
    {END}};
static const struct ech_field event_fields[] = {
    {DATE("at", true)},
    {CHOICE("kind", event_kinds, 1, true)},
    {CHOICE("track", ech_track_names, ECH_N_TRACKS, true)},
    {.key = "share", .form = ECH_FORM_NUMBER, .range = {0, 1, NULL}, .required = true},
    {OTHER("ages", AGES)},
    {CHOICE("cause", event_causes, 2, false)},
    {END}};
static const struct ech_field source_fields[] = {
    {ID("to", true)},
    {ID("from", true)},
    {ID("level", false)},
    {.key = "share", .form = ECH_FORM_NUMBER, .range = {0, 1, NULL}, .required = true},
    {END}};
#define EVERY .key = "every", .form = ECH_FORM_MONTHS, .range = {1, 1200, "months"}
static const struct ech_field flow_fields[] = {
    {ID("id", true)},
    {ID("type", false)},
    {ID("from", true)},
    {ID("to", false)},
    {CHOICE("exit", ech_cause_names, ECH_N_CAUSES, false)},
    {OTHER("rate", RATE)},
    {NUMBER("probability", 0, 1)},
    {EVERY},
    {END}};
static const struct ech_field recruitment_fields[] = {
    {ID("id", true)},
    {ID("type", false)},
    {.key = "level", .form = ECH_FORM_SHARES, .range = {0, 1, NULL}, .required = true},
    {WHOLE("number", 0, MOST)},
    {WHOLE("total", 0, MOST)},
    {NUMBER("growth", -1, 10)},
    {CHOICE("of", wholes, 2, false)},
    {EVERY},
    {.key = "channel", .form = ECH_FORM_SHARES, .range = {0, 1, NULL}},
    {NUMBER("women", 0, 1)},
    {WHOLE("age", 0, 120)},
    {OTHER("ages", AGES)},
    {END}};
static const struct ech_field change_fields[] = {
    {DATE("from", true)},          {FLAG("grandfather")},
    {OTHER("policy", POLICY)},     {OTHER("by_type", BY_TYPE)},
    {OTHER("by_level", BY_LEVEL)}, {OTHER("by_kind", BY_KIND)},
    {OTHER("by_unit", BY_UNIT)},   {END}};
const struct ech_field ech_keys_file[] = {
    {OTHER("extends", PATHS)},
    {OTHER("name", NAME)},
    {WORDS("title")},
    {WORDS("note")},
    {DATE("start", false)},
    {.key = "years", .form = ECH_FORM_WHOLE, .range = {0, 60, "years"}},
    {.key = "months", .form = ECH_FORM_WHOLE, .range = {0, LONGEST, "months"}},
    {MAP("county", county_fields)},
    {LIST("counties", county_fields)},
    {MAP("tables", table_fields)},
    {LIST("levels", level_fields)},
    {LIST("kinds", kind_fields)},
    {LIST("types", type_fields)},
    {LIST("units", unit_fields)},
    {TEXT("posts_table", false)},
    {MAP("initial", initial_fields)},
    {LIST("notes", note_fields)},
    {OTHER("policy", POLICY)},
    {OTHER("by_type", BY_TYPE)},
    {OTHER("by_level", BY_LEVEL)},
    {OTHER("by_kind", BY_KIND)},
    {OTHER("by_unit", BY_UNIT)},
    {LIST("sources", source_fields)},
    {LIST("flows", flow_fields)},
    {LIST("recruitment", recruitment_fields)},
    {LIST("events", event_fields)},
    {LIST("changes", change_fields)},
    {END}};
