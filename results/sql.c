/* A thin layer over SQLite with a failure that sticks. */
#include "results/sql.h"

#include <string.h>

void ech_sql_note(struct ech_sql *sql, int rc)
{
    if (sql->rc != SQLITE_OK || rc == SQLITE_OK) {
        return;
    }
    sql->rc = rc;
    const char *words = sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(rc);
    if (sql->db && sqlite3_errcode(sql->db) == SQLITE_OK) {
        words = sqlite3_errstr(rc);
    }
    int number = sql->db ? sqlite3_system_errno(sql->db) : 0;
    bool disk = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;
    sql->message = disk && number != 0 ? sqlite3_mprintf("%s (%s)", words, strerror(number))
                                       : sqlite3_mprintf("%s", words);
}

void ech_sql_open(struct ech_sql *sql, const char *path, int flags)
{
    *sql = (struct ech_sql){.path = path};
    ech_sql_note(sql, sqlite3_open_v2(path, &sql->db, flags | SQLITE_OPEN_NOMUTEX, NULL));
    if (sql->rc == SQLITE_OK) {
        sqlite3_extended_result_codes(sql->db, 1);
    }
}

void ech_sql_close(struct ech_sql *sql)
{
    sqlite3_close_v2(sql->db);
    sqlite3_free(sql->message);
    *sql = (struct ech_sql){0};
}

void ech_sql_run(struct ech_sql *sql, const char *text)
{
    if (sql->rc == SQLITE_OK) {
        ech_sql_note(sql, sqlite3_exec(sql->db, text, NULL, NULL, NULL));
    }
}

void ech_sql_run_str(struct ech_sql *sql, sqlite3_str *text)
{
    ech_sql_note(sql, sqlite3_str_errcode(text));
    char *words = sqlite3_str_finish(text);
    if (words) {
        ech_sql_run(sql, words);
    }
    sqlite3_free(words);
}

sqlite3_stmt *ech_sql_prepare(struct ech_sql *sql, const char *text)
{
    sqlite3_stmt *statement = NULL;
    if (sql->rc == SQLITE_OK) {
        ech_sql_note(sql, sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT,
                                             &statement, NULL));
    }
    return statement;
}

sqlite3_stmt *ech_sql_prepare_str(struct ech_sql *sql, sqlite3_str *text)
{
    ech_sql_note(sql, sqlite3_str_errcode(text));
    char *words = sqlite3_str_finish(text);
    sqlite3_stmt *statement = words ? ech_sql_prepare(sql, words) : NULL;
    sqlite3_free(words);
    return statement;
}

bool ech_sql_row(struct ech_sql *sql, sqlite3_stmt *statement)
{
    if (sql->rc != SQLITE_OK) {
        return false;
    }
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        ech_sql_note(sql, rc);
    }
    return rc == SQLITE_ROW;
}

void ech_sql_done(struct ech_sql *sql, sqlite3_stmt *statement)
{
    if (sql->rc != SQLITE_OK) {
        return;
    }
    int rc = sqlite3_step(statement);
    ech_sql_note(sql, rc == SQLITE_DONE ? SQLITE_OK : rc);
    sqlite3_reset(statement);
}

sqlite3_int64 ech_sql_number(struct ech_sql *sql, const char *text, sqlite3_int64 otherwise)
{
    sqlite3_stmt *statement = ech_sql_prepare(sql, text);
    sqlite3_int64 number = otherwise;
    if (ech_sql_row(sql, statement)) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

enum ech_status ech_sql_status(const struct ech_sql *sql, struct ech_error *error)
{
    struct ech_facts facts = {.what = sql->path, .value = sql->message};
    switch (sql->rc & 0xff) {
    case SQLITE_OK:
        return ECH_OK;
    case SQLITE_NOMEM:
        facts.what = ECH_BOTH("working on the results file", "处理结果文件");
        return ech_fail(error, ECH_ERR_MEMORY, facts);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ech_fail(error, ECH_ERR_WRITE, facts);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return ech_fail(error, ECH_ERR_NOT_RESULTS, facts);
    default:
        return ech_fail(error, ECH_ERR_DATABASE, facts);
    }
}

bool ech_sql_is_database(const char *path)
{
    /* what such a file begins with, the closing zero included */
    static const char header[] = "SQLite format 3";
    char begin[sizeof header] = "";
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(begin, 1, sizeof begin, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return n == sizeof header && memcmp(begin, header, sizeof header) == 0;
}
