/* One person given in a row: the words and months of the cells, and whether they fit together. */
#include <string.h>

#include "input/roster.h"
#include "input/scalar.h"

/** Nobody enters public service before the working age (Labour Law of 1994, article 15). */
enum { WORKING_AGE = 16 * 12 };

static const char *const flags[] = {"0", "1"};
static const char *const parties[] = {"cpc", "none"};
static const char *const homes[] = {"county", "outside"};

/** A cell as a node, for what refuses and finds words. */
static struct ech_node node_of(const struct ech_cell *cell)
{
    return (struct ech_node){.kind = ECH_NODE_SCALAR, .text = cell->text, .at = cell->at};
}

/** Position of the cell's word among `words`; `otherwise` where it is empty. */
static int read_word(struct ech_roster *roster, struct ech_roster_row *row,
                     enum ech_person_column column, const char *const *words, int n, int otherwise)
{
    const struct ech_cell *cell = ech_roster_cell(roster, row, column);
    if (cell == NULL) {
        return otherwise;
    }
    for (int i = 0; i < n; i++) {
        if (strcmp(words[i], cell->text) == 0) {
            return i;
        }
    }
    struct ech_node node = node_of(cell);
    ech_refuse_choice(&roster->loading->checker, &node, ech_roster_column(column), words, n);
    row->bad = true;
    return otherwise;
}

/** Row of the cell's name in an index; ECH_NONE where it is empty or, reported, unknown. */
static ech_id read_name(struct ech_roster *roster, struct ech_roster_row *row,
                        enum ech_person_column column, const struct ech_names *rows,
                        const char *what)
{
    const struct ech_cell *cell = ech_roster_cell(roster, row, column);
    if (cell == NULL) {
        return ECH_NONE;
    }
    struct ech_node node = node_of(cell);
    ech_id found = ech_row_of(roster->loading, rows, &node, what);
    row->bad |= found == ECH_NONE;
    return found;
}

/** Month of a cell, relative to the start; ECH_UNSAID where it is empty or, reported, wrong. */
static int read_month(struct ech_roster *roster, struct ech_roster_row *row,
                      enum ech_person_column column)
{
    const struct ech_cell *cell = ech_roster_cell(roster, row, column);
    double month = 0;
    if (cell == NULL) {
        return ECH_UNSAID;
    }
    if (ech_scalar_month(cell->text, &month)) {
        return (int)month - roster->loading->scenario->start_month;
    }
    row->bad = true;
    ech_fail(roster->loading->error, ECH_ERR_DATE,
             (struct ech_facts){
                 .what = ech_roster_column(column),
                 .value = ech_arena_format(&roster->loading->scratch, "'%.60s'", cell->text),
                 .at = cell->at});
    return ECH_UNSAID;
}

/** Number of a cell in a range; false where it is empty or, reported, wrong. */
static bool read_number(struct ech_roster *roster, struct ech_roster_row *row,
                        enum ech_person_column column, const struct ech_range *range, bool whole,
                        double *number)
{
    const struct ech_cell *cell = ech_roster_cell(roster, row, column);
    if (cell == NULL) {
        return false;
    }
    bool good =
        ech_cell_number(roster->loading, cell, ech_roster_column(column), range, whole, number);
    row->bad |= !good;
    return good;
}

static void require(struct ech_roster *roster, struct ech_roster_row *row,
                    enum ech_person_column column)
{
    if (ech_roster_cell(roster, row, column) == NULL) {
        const char *id = ech_roster_cell(roster, row, ECH_COLUMN_ID) != NULL
                             ? ech_roster_cell(roster, row, ECH_COLUMN_ID)->text
                             : ECH_BOTH("this row", "此行");
        row->bad = true;
        ech_missing(roster->loading, ech_roster_column(column), id,
                    ech_roster_mark(roster, row, column));
    }
}

/** Records that two things said of somebody do not go together, at the cell of `column`. */
static void contradict(struct ech_roster *roster, struct ech_roster_row *row,
                       enum ech_person_column column, const char *other, const char *hint)
{
    const struct ech_cell *cell = ech_roster_cell(roster, row, column);
    row->bad = true;
    ech_fail(roster->loading->error, ECH_ERR_CONFLICT,
             (struct ech_facts){.what = ech_arena_format(&roster->loading->scratch, "%s %s",
                                                         ech_roster_column(column),
                                                         cell != NULL ? cell->text : ""),
                                .value = other,
                                .hint = hint,
                                .at = ech_roster_mark(roster, row, column)});
}

/* Where he serves */

static ech_id find_post(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_loading *loading = roster->loading;
    struct ech_names *posts = &loading->post_rows;
    for (ech_id post = posts->n; post < loading->scenario->n_posts; post++) {
        ech_names_add(posts, loading->scenario->posts[post].id, post, &loading->scratch);
    }
    return read_name(roster, row, ECH_COLUMN_POST, posts, ECH_BOTH("post", "职位"));
}

/** The post, or its kind, and the unit. */
static void read_unit_and_post(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_loading *loading = roster->loading;
    struct ech_initial_person *person = &row->person;
    const struct ech_cell *cell = ech_roster_cell(roster, row, ECH_COLUMN_POST);
    bool by_id = cell != NULL && strchr(cell->text, '/') != NULL;
    person->post = by_id ? find_post(roster, row) : ECH_NONE;
    person->unit =
        read_name(roster, row, ECH_COLUMN_UNIT, &loading->unit_rows, ECH_BOTH("unit", "单位"));
    if (person->post != ECH_NONE) {
        const struct ech_post *post = &loading->scenario->posts[person->post];
        if (person->unit != ECH_NONE && person->unit != post->unit) {
            contradict(roster, row, ECH_COLUMN_POST, loading->scenario->units[person->unit].id,
                       ECH_BOTH("the post is in another unit", "职位不在该单位"));
        }
        person->unit = post->unit;
        row->kind = post->kind;
        return;
    }
    if (!by_id) {
        require(roster, row, ECH_COLUMN_UNIT);
        row->kind = read_name(roster, row, ECH_COLUMN_POST, &loading->kind_rows,
                              ECH_BOTH("post or kind of posts", "职位或职位种类"));
    }
}

static void read_level_and_track(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_loading *loading = roster->loading;
    struct ech_initial_person *person = &row->person;
    ech_id level = read_name(roster, row, ECH_COLUMN_LEVEL, &loading->level_rows, ECH_WORD_LEVEL);
    person->track = (enum ech_track)read_word(roster, row, ECH_COLUMN_TRACK, ech_track_names,
                                              ECH_N_TRACKS, ECH_ADMIN);
    person->level = level != ECH_NONE ? level : 0;
    if (row->kind == ECH_NONE) {
        return;
    }
    const struct ech_post_kind *kind = &loading->scenario->kinds[row->kind];
    person->level = kind->level;
    if (level != ECH_NONE && level != kind->level) {
        contradict(roster, row, ECH_COLUMN_LEVEL,
                   ech_arena_format(&loading->scratch, "%s (%s)", kind->id,
                                    loading->scenario->levels[kind->level].id),
                   ECH_BOTH("the post gives its holder its level", "任职者的级别即职位的级别"));
    }
    if (person->track != ECH_ADMIN) {
        contradict(
            roster, row, ECH_COLUMN_TRACK, kind->id,
            ECH_BOTH("leading posts are on the administrative track", "领导职位使用行政编制"));
    }
}

static void check_grade(struct ech_roster *roster, struct ech_roster_row *row)
{
    const struct ech_initial_person *person = &row->person;
    if (person->grade != ECH_GRADE_NONE && person->track == ECH_INSTITUTION) {
        contradict(roster, row, ECH_COLUMN_GRADE, ech_track_names[ECH_INSTITUTION],
                   ECH_BOTH("institution staff have no grade", "事业编制人员没有职级"));
    }
    if (person->grade == ECH_GRADE_NONE && person->grade_month != ECH_UNSAID) {
        contradict(roster, row, ECH_COLUMN_GRADE_SINCE, ECH_BOTH("an empty grade", "空的 grade"),
                   ECH_BOTH("say which grade it is", "须写明职级"));
    }
}

/* Who he is */

static void refuse_home(struct ech_roster *roster, struct ech_roster_row *row,
                        const struct ech_cell *cell)
{
    struct ech_loading *loading = roster->loading;
    struct ech_guess guess = {.word = cell->text};
    for (int i = 0; i < 2; i++) {
        ech_guess_try(&guess, homes[i]);
    }
    for (ech_id unit = 0; unit < loading->scenario->n_units; unit++) {
        ech_guess_try(&guess, loading->scenario->units[unit].id);
    }
    row->bad = true;
    ech_fail(
        loading->error, ECH_ERR_CHOICE,
        (struct ech_facts){.what = ech_roster_column(ECH_COLUMN_HOME),
                           .value = cell->text,
                           .allowed = ECH_BOTH("county, outside, a unit", "county、outside、单位"),
                           .hint = ech_guess_hint(&guess, &loading->scratch),
                           .at = cell->at});
}

static void read_home(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_loading *loading = roster->loading;
    struct ech_initial_person *person = &row->person;
    const struct ech_cell *cell = ech_roster_cell(roster, row, ECH_COLUMN_HOME);
    person->home = ECH_UNDRAWN;
    if (cell == NULL || strcmp(cell->text, homes[0]) == 0) {
        return;
    }
    person->outsider = strcmp(cell->text, homes[1]) == 0;
    if (person->outsider) {
        person->home = ECH_NONE;
        return;
    }
    person->home = ech_names_find(&loading->unit_rows, cell->text);
    if (person->home == ECH_NONE) {
        refuse_home(roster, row, cell);
        return;
    }
    if (person->unit != ECH_NONE && loading->scenario->units[person->home].county !=
                                        loading->scenario->units[person->unit].county) {
        contradict(roster, row, ECH_COLUMN_HOME, loading->scenario->units[person->unit].id,
                   ECH_BOTH("the home is in another county: say outside",
                            "籍贯单位不在本县，应写 outside"));
    }
}

static void read_background(struct ech_roster *roster, struct ech_roster_row *row)
{
    static const struct ech_range merit = {-6, 6, "sd"};
    static const struct ech_range months = {0, 720, "months"};
    struct ech_initial_person *person = &row->person;
    double base = 0;
    person->sex =
        (enum ech_sex)read_word(roster, row, ECH_COLUMN_SEX, ech_sex_names, ECH_N_SEXES, ECH_MALE);
    person->education = (enum ech_education)read_word(
        roster, row, ECH_COLUMN_EDUCATION, ech_education_names, ECH_N_EDUCATIONS, ECH_EDU_COLLEGE);
    person->fulltime = read_word(roster, row, ECH_COLUMN_FULLTIME, flags, 2, 0) == 1;
    person->nonparty = read_word(roster, row, ECH_COLUMN_PARTY, parties, 2, 0) == 1;
    person->specialty = read_word(roster, row, ECH_COLUMN_SPECIALTY, ech_specialty_names,
                                  ECH_N_SPECIALTIES, ECH_NONE);
    person->grade =
        read_word(roster, row, ECH_COLUMN_GRADE, ech_grade_names, ECH_N_GRADES, ECH_GRADE_NONE);
    person->has_merit = read_number(roster, row, ECH_COLUMN_MERIT, &merit, false, &person->merit);
    person->base_months = read_number(roster, row, ECH_COLUMN_BASE_MONTHS, &months, true, &base)
                              ? (int)base
                              : ECH_UNSAID;
    read_home(roster, row);
}

/* When it happened */

/** Records a month of `later` that lies before that of `earlier`. */
static void check_order(struct ech_roster *roster, struct ech_roster_row *row,
                        enum ech_person_column earlier, int first, enum ech_person_column later,
                        int second)
{
    if (first != ECH_UNSAID && second != ECH_UNSAID && second < first) {
        contradict(roster, row, later,
                   ech_arena_format(&roster->loading->scratch, "%s %s", ech_roster_column(earlier),
                                    ech_roster_cell(roster, row, earlier)->text),
                   ECH_BOTH("it lies before that", "早于后者"));
    }
}

static void check_past(struct ech_roster *roster, struct ech_roster_row *row,
                       enum ech_person_column column, int month)
{
    struct ech_loading *loading = roster->loading;
    if (month != ECH_UNSAID && month > 0) {
        const char *start =
            ech_scalar_month_text(loading->scenario->start_month, &loading->scratch);
        contradict(
            roster, row, column,
            ech_arena_format(&loading->scratch, ECH_BOTH("start %s", "起始月 %s"), start, start),
            ECH_BOTH("it lies after the start", "晚于起始月"));
    }
}

static void check_months(struct ech_roster *roster, struct ech_roster_row *row)
{
    const struct ech_initial_person *person = &row->person;
    bool entered = person->birth_month != ECH_UNSAID && person->entry_month != ECH_UNSAID;
    if (entered && person->entry_month - person->birth_month < WORKING_AGE) {
        contradict(roster, row, ECH_COLUMN_ENTRY,
                   ech_arena_format(&roster->loading->scratch, "birth %s",
                                    ech_roster_cell(roster, row, ECH_COLUMN_BIRTH)->text),
                   ECH_BOTH("nobody enters before the age of 16", "入职时不满16岁"));
    }
    const struct {
        enum ech_person_column column;
        int month;
    } since[] = {{ECH_COLUMN_LEVEL_SINCE, person->level_month},
                 {ECH_COLUMN_POST_SINCE, person->post_month},
                 {ECH_COLUMN_UNIT_SINCE, person->unit_month},
                 {ECH_COLUMN_GRADE_SINCE, person->grade_month}};
    check_past(roster, row, ECH_COLUMN_ENTRY, person->entry_month);
    for (size_t i = 0; i < sizeof since / sizeof since[0]; i++) {
        check_past(roster, row, since[i].column, since[i].month);
        check_order(roster, row, ECH_COLUMN_ENTRY, person->entry_month, since[i].column,
                    since[i].month);
    }
    check_order(roster, row, ECH_COLUMN_ENTRY, person->entry_month, ECH_COLUMN_BOND_UNTIL,
                person->bond_end);
    check_order(roster, row, ECH_COLUMN_UNIT_SINCE, person->unit_month, ECH_COLUMN_POST_SINCE,
                person->post_month);
    if (person->post_month != ECH_UNSAID && row->kind == ECH_NONE && !row->bad) {
        contradict(roster, row, ECH_COLUMN_POST_SINCE, ECH_BOTH("an empty post", "空的 post"),
                   ECH_BOTH("staff hold no post", "非领导人员没有职位"));
    }
}

/** Nobody starts at or above the age at which he retires. */
static void check_retirement(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_loading *loading = roster->loading;
    const struct ech_scenario *scenario = loading->scenario;
    const struct ech_initial_person *person = &row->person;
    if (row->bad || scenario->n_epochs == 0 || scenario->n_sets == 0) {
        return;
    }
    int column = row->kind != ECH_NONE ? scenario->kinds[row->kind].column : person->level;
    const struct ech_params *policy = ech_scenario_params(scenario, 0, person->unit, column);
    int age = ech_scenario_retirement_age(scenario, policy, person->sex, person->birth_month);
    if (-person->birth_month >= age) {
        contradict(
            roster, row, ECH_COLUMN_BIRTH,
            ech_arena_format(&loading->scratch,
                             ECH_BOTH("retirement at %d years and %d months", "退休年龄%d岁%d个月"),
                             age / 12, age % 12, age / 12, age % 12),
            ECH_BOTH("nobody starts at or above his retirement age", "起始时不得已达退休年龄"));
    }
}

void ech_roster_read(struct ech_roster *roster, struct ech_roster_row *row)
{
    struct ech_initial_person *person = &row->person;
    require(roster, row, ECH_COLUMN_SEX);
    require(roster, row, ECH_COLUMN_BIRTH);
    require(roster, row, ECH_COLUMN_ENTRY);
    read_unit_and_post(roster, row);
    read_level_and_track(roster, row);
    read_background(roster, row);
    person->birth_month = read_month(roster, row, ECH_COLUMN_BIRTH);
    person->entry_month = read_month(roster, row, ECH_COLUMN_ENTRY);
    person->level_month = read_month(roster, row, ECH_COLUMN_LEVEL_SINCE);
    person->post_month = read_month(roster, row, ECH_COLUMN_POST_SINCE);
    person->unit_month = read_month(roster, row, ECH_COLUMN_UNIT_SINCE);
    person->grade_month = read_month(roster, row, ECH_COLUMN_GRADE_SINCE);
    person->bond_end = read_month(roster, row, ECH_COLUMN_BOND_UNTIL);
    check_months(roster, row);
    check_grade(roster, row);
    check_retirement(roster, row);
    if (person->unit != ECH_NONE) {
        person->county = roster->loading->scenario->units[person->unit].county;
    }
}
