/* Opening a results file: its manifest and the facts of its scenarios. */
#include "results/results.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/reader.h"

static enum ech_status fail_not_results(struct ech_error *error, const char *path, const char *why)
{
    return ech_fail(error, ECH_ERR_NOT_RESULTS, (struct ech_facts){.what = path, .value = why});
}

/* What reading found wrong: a file that cannot be read is bad input, not a failed disk. */
static enum ech_status read_status(const struct ech_results *results, struct ech_error *error)
{
    const struct ech_sql *sql = &results->reader->sql;
    int rc = sql->rc & 0xff;
    if (rc == SQLITE_CANTOPEN || rc == SQLITE_PERM || rc == SQLITE_READONLY) {
        return ech_fail(error, ECH_ERR_READ,
                        (struct ech_facts){.what = sql->path, .value = sql->message});
    }
    if (rc == SQLITE_ERROR) {
        return fail_not_results(error, sql->path, sql->message);
    }
    return ech_sql_status(sql, error);
}

static enum ech_status check_format(struct ech_results *results, struct ech_error *error)
{
    struct ech_sql *sql = &results->reader->sql;
    sqlite3_int64 application = ech_sql_number(sql, "PRAGMA application_id", 0);
    sqlite3_int64 version = ech_sql_number(sql, "PRAGMA user_version", 0);
    if (sql->rc != SQLITE_OK) {
        return read_status(results, error);
    }
    if (application != ECH_SCHEMA_APPLICATION) {
        return fail_not_results(
            error, results->path,
            ECH_BOTH("it was not written by echelon run", "不是由 echelon run 写出的"));
    }
    if (version != ECH_SCHEMA_VERSION) {
        return fail_not_results(
            error, results->path,
            ECH_BOTH("another version of echelon wrote it", "由 echelon 的其他版本写出"));
    }
    return ECH_OK;
}

static void prepare(struct ech_results *results)
{
    struct ech_sql *sql = &results->reader->sql;
    for (int t = 0; t < ECH_N_TABLES; t++) {
        enum ech_table table = (enum ech_table)t;
        int n_parts = ech_table_n_parts(&results->shape, table);
        for (int number = 0; number < n_parts && sql->rc == SQLITE_OK; number++) {
            struct ech_part part = ech_table_part(&results->shape, table, number);
            results->reader->select[t][number] =
                ech_sql_prepare_str(sql, ech_part_select(&results->shape, &part));
        }
    }
}

static enum ech_status read_all(struct ech_results *results, struct ech_error *error)
{
    enum ech_status status = check_format(results, error);
    if (status != ECH_OK) {
        return status;
    }
    ech_sql_run(&results->reader->sql,
                "BEGIN"); /* one state of a file that is still being written */
    ech_facts_read_run(results);
    if (results->reader->sql.rc == SQLITE_OK && !ech_facts_same_measures(results)) {
        return fail_not_results(error, results->path,
                                ECH_BOTH("its measures are those of another version of echelon",
                                         "其指标属于 echelon 的其他版本"));
    }
    if (results->reader->sql.rc == SQLITE_OK) {
        ech_facts_read_scenarios(results);
    }
    if (results->reader->sql.rc == SQLITE_OK) {
        prepare(results);
    }
    return read_status(results, error);
}

/* The file itself, or the .part of a run that goes on or was interrupted. */
static char *path_to_open(const char *path)
{
    size_t size = strlen(path) + sizeof ".part";
    char *name = malloc(size);
    if (name) {
        snprintf(name, size, "%s", path);
        if (access(path, F_OK) != 0) {
            snprintf(name, size, "%s.part", path);
            if (access(name, F_OK) != 0) {
                snprintf(name, size, "%s", path);
            }
        }
    }
    return name;
}

/* SQLite takes a folder or an unreadable file for something to wait for; say what it is. */
static enum ech_status check_readable(const char *path, struct ech_error *error)
{
    struct stat facts;
    int file = open(path, O_RDONLY);
    int number = file < 0 ? errno : 0;
    if (file >= 0) {
        number = fstat(file, &facts) != 0 ? errno : S_ISDIR(facts.st_mode) ? EISDIR : 0;
        close(file);
    }
    return number == 0 ? ECH_OK
                       : ech_fail(error, ECH_ERR_READ,
                                  (struct ech_facts){.what = path, .value = strerror(number)});
}

static struct ech_results *new_results(const char *path)
{
    struct ech_results *results = calloc(1, sizeof *results);
    if (!results) {
        return NULL;
    }
    results->reader = calloc(1, sizeof *results->reader);
    results->path = path_to_open(path);
    if (!results->reader || !results->path) {
        ech_results_close(results);
        return NULL;
    }
    return results;
}

enum ech_status ech_results_open(const char *path, struct ech_results **results,
                                 struct ech_error *error)
{
    *results = NULL;
    struct ech_results *made = new_results(path);
    if (!made) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("opening the results", "打开结果")});
    }
    enum ech_status status = check_readable(made->path, error);
    if (status == ECH_OK) {
        ech_sql_open(&made->reader->sql, made->path, SQLITE_OPEN_READONLY);
        status = read_all(made, error);
    }
    if (status != ECH_OK) {
        ech_results_close(made);
        return status;
    }
    *results = made;
    return ECH_OK;
}

void ech_results_close(struct ech_results *results)
{
    if (!results) {
        return;
    }
    for (int i = 0; results->reader && i < ECH_N_TABLES * ECH_MAX_PARTS; i++) {
        sqlite3_finalize(results->reader->select[i / ECH_MAX_PARTS][i % ECH_MAX_PARTS]);
    }
    if (results->reader) {
        ech_reader_forget(results->reader);
        ech_sql_close(&results->reader->sql);
    }
    free(results->reader);
    while (results->blocks) {
        struct ech_reader_block *next = results->blocks->next;
        free(results->blocks);
        results->blocks = next;
    }
    free(results->path);
    free(results);
}

const struct ech_manifest *ech_results_manifest(const struct ech_results *results)
{
    return &results->manifest;
}

int ech_results_n_scenarios(const struct ech_results *results)
{
    return results->n_scenarios;
}

const struct ech_result_scenario *ech_results_scenario(const struct ech_results *results, int s)
{
    ECH_ASSERT(s >= 0 && s < results->n_scenarios);
    return &results->scenarios[s];
}

const int *ech_results_replications(const struct ech_results *results, int s)
{
    ECH_ASSERT(s >= 0 && s < results->n_scenarios);
    return results->replications[s];
}

int ech_results_find_scenario(const struct ech_results *results, const char *name)
{
    for (int s = 0; s < results->n_scenarios; s++) {
        if (strcmp(results->scenarios[s].name, name) == 0) {
            return s;
        }
    }
    return ECH_NONE;
}

int ech_results_find_group(const struct ech_results *results, int s, const char *id)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    for (int g = 0; g < scenario->n_groups; g++) {
        if (strcmp(scenario->groups[g].id, id) == 0) {
            return g;
        }
    }
    return ECH_NONE;
}
