/* People given one by one: a table with a row for each (docs/county.md describes the columns). */
#ifndef ECH_ROSTER_H
#define ECH_ROSTER_H

#include "input/csv.h"
#include "input/loading.h"

/** Columns of the table; the names stand in roster.c. */
enum ech_person_column {
    ECH_COLUMN_ID,
    ECH_COLUMN_UNIT,
    ECH_COLUMN_POST,
    ECH_COLUMN_SEX,
    ECH_COLUMN_BIRTH,
    ECH_COLUMN_ENTRY,
    ECH_COLUMN_TRACK, /* this and the others may be missing */
    ECH_COLUMN_LEVEL,
    ECH_COLUMN_EDUCATION,
    ECH_COLUMN_FULLTIME,
    ECH_COLUMN_PARTY,
    ECH_COLUMN_HOME,
    ECH_COLUMN_SPECIALTY,
    ECH_COLUMN_LEVEL_SINCE,
    ECH_COLUMN_POST_SINCE,
    ECH_COLUMN_UNIT_SINCE,
    ECH_COLUMN_GRADE,
    ECH_COLUMN_GRADE_SINCE,
    ECH_COLUMN_BASE_MONTHS,
    ECH_COLUMN_BOND_UNTIL,
    ECH_COLUMN_MERIT,
    ECH_N_COLUMNS
};

/** The table while it is read. Rows are struct ech_initial_person in the order of the file. */
struct ech_roster {
    struct ech_loading *loading;
    struct ech_csv table;
    int column[ECH_N_COLUMNS]; /* of the table; ECH_NONE: it has none of that name */
    int n;
    struct ech_roster_row {
        struct ech_initial_person person;
        int row; /* of the table */
        ech_id
            kind; /* a post of this kind in the unit, whichever is free; ECH_NONE: as person.post */
        bool bad; /* wrong, and reported */
    } * rows;     /* [n] */
};

/** The cell of a person in a column, or NULL where it is empty or the column is missing. */
const struct ech_cell *ech_roster_cell(const struct ech_roster *roster,
                                       const struct ech_roster_row *row,
                                       enum ech_person_column column);

/** Where the cell of a person in a column stands, else his id. */
struct ech_mark ech_roster_mark(const struct ech_roster *roster, const struct ech_roster_row *row,
                                enum ech_person_column column);

/** Name of a column. */
const char *ech_roster_column(enum ech_person_column column);

/** Reads what the cells of a person say of himself and of his place; marks him bad if it is wrong. */
void ech_roster_read(struct ech_roster *roster, struct ech_roster_row *row);

/**
 * Gives posts to all people: those named first, then by kind in the order of keys. Counts who sits
 * where (loading->seated) and records two holders of a post and more people than places.
 */
void ech_roster_place(struct ech_roster *roster);

#endif
