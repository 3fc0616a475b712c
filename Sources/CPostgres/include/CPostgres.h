// SPDX-License-Identifier: Apache-2.0
#ifndef CPOSTGRES_H
#define CPOSTGRES_H

// Debian keeps the header in a folder of its own.
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif

/// The functions of libpq that the house calls, each with libpq's own type.
///
/// The library is loaded when a database is first asked for, not when the program starts: it brings
/// some twenty others with it (Kerberos, LDAP, TLS), which would cost every start 4 ms, and the program
/// would not run at all on a machine without them.
struct PostgresFunctions {
  __typeof__(PQconnectdb) *connectdb;
  __typeof__(PQstatus) *status;
  __typeof__(PQerrorMessage) *errorMessage;
  __typeof__(PQsetNoticeProcessor) *setNoticeProcessor;
  __typeof__(PQfinish) *finish;
  __typeof__(PQexec) *exec;
  __typeof__(PQresultStatus) *resultStatus;
  __typeof__(PQresultErrorField) *resultErrorField;
  __typeof__(PQclear) *clear;
  __typeof__(PQgetResult) *getResult;
  __typeof__(PQputCopyData) *putCopyData;
  __typeof__(PQputCopyEnd) *putCopyEnd;
  __typeof__(PQntuples) *ntuples;
  __typeof__(PQnfields) *nfields;
  __typeof__(PQfname) *fname;
  __typeof__(PQftype) *ftype;
  __typeof__(PQfmod) *fmod;
  __typeof__(PQgetisnull) *getisnull;
  __typeof__(PQgetvalue) *getvalue;
  __typeof__(PQgetlength) *getlength;
};

/// Fills `functions` from the first of libpq's usual file names that loads.
///
/// Returns 1, or 0 if no libpq is to be had or it lacks one of the functions.
int postgres_load(struct PostgresFunctions *functions);

#endif
