/* Which process writes a file: a lock that the kernel lets go when the process ends, however it ends. */
#ifndef ECH_CLAIM_H
#define ECH_CLAIM_H

#include "model/error.h"

/** No file is claimed. */
enum { ECH_UNCLAIMED = -1 };

/** ECH_ERR_BUSY if a living process has claimed the file; a file that is not there is nobody's. */
enum ech_status ech_claim_check(const char *path, struct ech_error *error);

/**
 * Makes a file anew and claims it: *claim is for ech_claim_release. ECH_ERR_BUSY if somebody else has made
 * or claimed it meanwhile, ECH_ERR_WRITE if it cannot be made; then *claim is ECH_UNCLAIMED.
 */
enum ech_status ech_claim_take(const char *path, int *claim, struct ech_error *error);

/** Lets go of a claim; ECH_UNCLAIMED is allowed. The file stays. */
void ech_claim_release(int claim);

#endif
