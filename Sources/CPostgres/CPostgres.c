// SPDX-License-Identifier: Apache-2.0
#include "CPostgres.h"

#include <dlfcn.h>
#include <stddef.h>

static void *library(void) {
  static const char *const names[] = {
    "libpq.so.5", "libpq.so", "libpq.5.dylib", "libpq.dylib",
    "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
  };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    void *found = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
    if (found) return found;
  }
  return NULL;
}

int postgres_load(struct PostgresFunctions *functions) {
  void *found = library();
  if (!found) return 0;
#define FUNCTION(member, symbol) \
  functions->member = (__typeof__(functions->member))dlsym(found, #symbol); \
  if (!functions->member) return 0
  FUNCTION(connectdb, PQconnectdb);
  FUNCTION(status, PQstatus);
  FUNCTION(errorMessage, PQerrorMessage);
  FUNCTION(setNoticeProcessor, PQsetNoticeProcessor);
  FUNCTION(finish, PQfinish);
  FUNCTION(exec, PQexec);
  FUNCTION(resultStatus, PQresultStatus);
  FUNCTION(resultErrorField, PQresultErrorField);
  FUNCTION(clear, PQclear);
  FUNCTION(getResult, PQgetResult);
  FUNCTION(putCopyData, PQputCopyData);
  FUNCTION(putCopyEnd, PQputCopyEnd);
  FUNCTION(ntuples, PQntuples);
  FUNCTION(nfields, PQnfields);
  FUNCTION(fname, PQfname);
  FUNCTION(ftype, PQftype);
  FUNCTION(fmod, PQfmod);
  FUNCTION(getisnull, PQgetisnull);
  FUNCTION(getvalue, PQgetvalue);
  FUNCTION(getlength, PQgetlength);
#undef FUNCTION
  return 1;
}
