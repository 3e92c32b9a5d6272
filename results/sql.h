/* A thin layer over SQLite: the first failure is kept, later calls do nothing, one check at last. */
#ifndef ECH_SQL_H
#define ECH_SQL_H

#include <stdbool.h>

#include <sqlite3.h>

#include "model/error.h"

/** A connection and its first failure. { 0 } is valid and empty. Owns db and message. */
struct ech_sql {
    sqlite3 *db;
    const char *path; /* of the file, for messages; the caller's */
    int rc;           /* SQLITE_OK, or the first failure */
    char *message;    /* words of the first failure; NULL when even that failed */
};

/** Opens `path` with the flags of sqlite3_open_v2. */
void ech_sql_open(struct ech_sql *sql, const char *path, int flags);
/** Closes the connection and empties the struct; twice is allowed. */
void ech_sql_close(struct ech_sql *sql);

/** Runs statements without results. */
void ech_sql_run(struct ech_sql *sql, const char *text);
/** Runs the statements that were collected in `text` and frees it. */
void ech_sql_run_str(struct ech_sql *sql, sqlite3_str *text);
/** Prepares one statement, to be finalised by the caller; NULL after a failure. */
sqlite3_stmt *ech_sql_prepare(struct ech_sql *sql, const char *text);
/** The same for a statement that was collected in `text`, which is freed. */
sqlite3_stmt *ech_sql_prepare_str(struct ech_sql *sql, sqlite3_str *text);
/** Steps to the next row: true if there is one. */
bool ech_sql_row(struct ech_sql *sql, sqlite3_stmt *statement);
/** Steps a statement that gives no rows and makes it ready to be bound again. */
void ech_sql_done(struct ech_sql *sql, sqlite3_stmt *statement);
/** A single whole number; `otherwise` when there is no row. */
sqlite3_int64 ech_sql_number(struct ech_sql *sql, const char *text, sqlite3_int64 otherwise);
/** Records a failure that SQLite did not see, such as SQLITE_NOMEM. */
void ech_sql_note(struct ech_sql *sql, int rc);

/**
 * Status of all calls so far, recorded in `error` if one failed: ECH_ERR_WRITE for what the disk
 * refused, ECH_ERR_NOT_RESULTS for what is no database, ECH_ERR_MEMORY, else ECH_ERR_DATABASE.
 */
enum ech_status ech_sql_status(const struct ech_sql *sql, struct ech_error *error);

/** Whether there is a file that begins as those of SQLite do. */
bool ech_sql_is_database(const char *path);

#endif
