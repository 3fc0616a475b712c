# SPDX-License-Identifier: Apache-2.0
# CPU seconds of `fit --method forest` on one thread, beside ranger learning each column from those before it with as many
# trees and leaves of as many rows.
#
#   Rscript ranger-peer.R SEMBLANCE TABLE.csv [TURNS]
#
# Columns come in the order of Semblance's plan, fewest values first. Reading is not counted for ranger.
suppressMessages(library(ranger))
arguments <- commandArgs(trailingOnly = TRUE)
turns <- if (length(arguments) > 2) as.integer(arguments[3]) else 3
table <- read.csv(arguments[2], stringsAsFactors = TRUE, na.strings = "", check.names = TRUE)
for (name in names(table)) {
  if (is.factor(table[[name]])) table[[name]] <- addNA(table[[name]], ifany = TRUE)
}
order <- names(table)[order(sapply(table, function(x) length(unique(x))))]
theirs <- function() {
  for (place in 2:length(order)) {
    y <- table[[order[place]]]
    ranger(
      x = table[order[seq_len(place - 1)]], y = if (is.factor(y)) droplevels(y) else y,
      num.trees = 50, min.node.size = 20, probability = is.factor(y), num.threads = 1, seed = 1,
      respect.unordered.factors = "order"
    )
  }
}
file <- tempfile(fileext = ".semblance")
ours <- function() {
  system2(
    arguments[1],
    c("fit", arguments[2], "--method", "forest", "--threads", "1", "-o", file, "--force", "--quiet")
  )
}
spent <- function(body, children) {
  before <- proc.time()
  body()
  after <- proc.time() - before
  if (children) sum(after[c("user.child", "sys.child")]) else sum(after[c("user.self", "sys.self")])
}
cat("ranger", as.character(packageVersion("ranger")), R.version.string, "\n")
for (turn in seq_len(turns)) {
  a <- spent(ours, TRUE)
  b <- spent(theirs, FALSE)
  cat(sprintf("turn %d: ours %.1f CPU s, ranger %.1f, %.1f times\n", turn, a, b, b / a))
}
